"""The records that are linked to one, whichever of the two says so, and those that could be. All of one person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.domain.folding import fold
from mes_app.domain.record import Kind, Row, Source
from mes_app.store.database import Connection
from mes_app.store.references import find_address
from mes_app.store.rows import OPENABLE, SELECTED_ROW, SHOWN, make_row

MOST = 60
_LINKED = 100
"""More are read, as some of them are linked already."""
_URN = "urn:uuid:"
_OWN = (Source.SELF, Source.RELATIVE)
_BEHIND = f"""
    SELECT {SELECTED_ROW} FROM res INDEXED BY res_linked
    WHERE {OPENABLE} AND profile = ? AND linked <> '' AND ({{}}) ORDER BY date_key DESC, lid DESC
"""  # noqa: S608 (named: without statistics SQLite would read every record of the profile)
_FIND = f"SELECT {SELECTED_ROW} FROM res WHERE {OPENABLE} AND profile = ? AND "  # noqa: S608 (our own column names)


def list_addresses(con: Connection, record_id: str) -> list[str]:
    """All that a record may be called by another: as the server names it, and as we do."""
    return [address for address in (find_address(con, record_id), f"{_URN}{record_id}") if address]


def list_ahead(con: Connection, row: Row) -> list[Row]:
    """The records that ``row`` says it is linked to and that may be opened, in the order it says so."""
    found = (_find(con, row.profile, address) for address in json.loads(row.linked or "[]"))
    return [one for one in found if one]


def list_behind(con: Connection, row: Row) -> list[Row]:
    """The records that say they are linked to ``row`` and may be opened, the newest first."""
    addresses = [f'"{address}"' for address in list_addresses(con, row.id)]
    said = " OR ".join("instr(linked, ?)" for _ in addresses)
    return [make_row(one) for one in con.execute(_BEHIND.format(said), (row.profile, *addresses))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records of one kind, of these FHIR types; ``own``: only those that the person or somebody around them wrote."""

    kind: Kind
    types: tuple[str, ...]
    own: bool


def list_candidates(
    con: Connection, profile: str, wanted: Sequence[Wanted], without: Sequence[str], text: str = ""
) -> list[Row]:
    """The newest of what is ``wanted``, at most MOST, but those ``without``; every word of ``text`` is in each."""
    words = fold(text).split()
    found = [row for one in wanted for row in _list_wanted(con, profile, one, words) if row.id not in without]
    return sorted(found, key=lambda row: (row.date_key, row.id), reverse=True)[:MOST]


def _list_wanted(con: Connection, profile: str, wanted: Wanted, words: Sequence[str]) -> list[Row]:
    conditions = [SHOWN, "profile = ?", "kind = ?", f"type IN ({_marks(wanted.types)})"]
    conditions += [f"source IN ({_marks(_OWN)})"] if wanted.own else []
    conditions += ["instr(search || ' ' || own_search, ?)"] * len(words)
    values = (profile, wanted.kind, *wanted.types, *(_OWN if wanted.own else ()), *words, MOST + _LINKED)
    sql = f"SELECT {SELECTED_ROW} FROM res WHERE {' AND '.join(conditions)} ORDER BY date_key DESC, lid DESC LIMIT ?"  # noqa: S608
    return [make_row(one) for one in con.execute(sql, values)]


def _find(con: Connection, profile: str, address: str) -> Row | None:
    if address.startswith(_URN):
        found = con.execute(_FIND + "lid = ?", (profile, address.removeprefix(_URN))).fetchone()
    else:
        found = con.execute(_FIND + "type = ? AND rid = ?", (profile, *address.split("/"))).fetchone()
    return make_row(found) if found else None


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
