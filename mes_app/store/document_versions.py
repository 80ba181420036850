"""The documents of the same person that may belong to one: those that name it, those it names, those with its bytes."""

from collections.abc import Collection

from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.records import Stored, get_record
from mes_app.store.rows import SHOWN

_SAME_BYTES = "SELECT other.lid FROM blob JOIN blob AS other USING (sha256) WHERE blob.lid = ?"


def list_tied(con: Connection, record_id: str, names: Collection[str]) -> list[Stored]:
    """The other documents whose body holds one of ``names``, whose server id is one of them, or with the same bytes."""
    row = get_record(con, record_id).row
    holds = "".join(" OR instr(coalesce(overlay, mirror), ?)" for _ in names)
    ids = ", ".join("?" for _ in names)
    sql = (
        f"SELECT lid FROM res JOIN body USING (lid) WHERE {SHOWN} AND profile = ? AND kind = ? AND lid != ?"  # noqa: S608
        f" AND (rid IN ({ids}) OR lid IN ({_SAME_BYTES}){holds})"
    )
    values = (row.profile, Kind.DOCUMENTS, record_id, *names, record_id, *(name.encode() for name in names))
    return [get_record(con, lid) for (lid,) in con.execute(sql, values).fetchall()]


def list_same_bytes(con: Connection, record_id: str) -> frozenset[str]:
    """The records whose content is that of ``record_id``, by SHA-256, itself among them."""
    return frozenset(lid for (lid,) in con.execute(_SAME_BYTES, (record_id,)))
