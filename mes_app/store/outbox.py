"""Changes made here that the server has not acknowledged, and those it answered with another version."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from mes_app.domain.record import Kind
from mes_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Pending:
    """One change that waits: ``op`` is C, U or D; ``rid`` is None until the record was sent once."""

    record_id: str
    profile: str
    kind: Kind
    title: str
    op: str
    type: str
    rid: str | None


def list_pending(con: Connection) -> list[Pending]:
    """Every change that waits, in the order they were made."""
    sql = "SELECT lid, profile, kind, title, op, type, rid FROM outbox JOIN res USING (lid) ORDER BY seq"
    return [
        Pending(record_id, profile, Kind(kind), title, op, resource_type, rid)
        for record_id, profile, kind, title, op, resource_type, rid in con.execute(sql)
    ]


def get_pending_body(con: Connection, record_id: str) -> bytes:
    """The FHIR JSON of a record as it was last written here."""
    sql = """
        SELECT coalesce(outbox.body, overlay) FROM outbox LEFT JOIN body USING (lid)
        WHERE lid = ? AND op <> 'D' ORDER BY seq DESC LIMIT 1
    """
    return bytes(con.execute(sql, (record_id,)).fetchone()[0])


def tally_pending(con: Connection) -> tuple[int, date | None]:
    """How many changes wait in the whole vault, and the day (local) of the last of them."""
    count, at = con.execute("SELECT count(*), max(at) FROM outbox").fetchone()
    return count, None if at is None else datetime.fromtimestamp(at, UTC).astimezone().date()


def count_pending(con: Connection, profile: str) -> int:
    """How many changes of a profile wait to be sent."""
    sql = "SELECT count(*) FROM outbox JOIN res USING (lid) WHERE profile = ?"
    return int(con.execute(sql, (profile,)).fetchone()[0])


def count_conflicts(con: Connection, profile: str) -> int:
    """How many records of a profile wait for a choice between two versions."""
    sql = "SELECT count(*) FROM conflict JOIN res USING (lid) WHERE profile = ?"
    return int(con.execute(sql, (profile,)).fetchone()[0])
