"""The records as screens read them, and the small changes that reading brings. ``pages.save_page`` writes them.

Every query names its profile or one record. Records withheld, or deleted by the user, are never returned, found or
counted here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mes_app.domain.record import Kind, Row
from mes_app.errors import Reason, Rejected
from mes_app.store.database import Connection
from mes_app.store.rebases import Merger, rebase_record
from mes_app.store.rows import OPENABLE, SELECTED_ROW, SHOWN, make_row

PAGE = 60

_SELECT_ROWS = f"SELECT {SELECTED_ROW} FROM res WHERE {SHOWN} AND "  # noqa: S608 (our own column names)
_SELECT_STORED = (
    f"SELECT {SELECTED_ROW}, type, rid, coalesce(overlay, mirror) FROM res JOIN body USING (lid)"  # noqa: S608
    f" WHERE {OPENABLE} AND "
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A record with its FHIR JSON: what the user changed, else what the server said. ``rid`` is None until sent."""

    row: Row
    type: str
    rid: str | None
    body: bytes


def list_rows(
    con: Connection,
    profile: str,
    kind: Kind,
    *,
    category: str = "",
    status: str = "",
    unread: bool = False,
    from_date: str = "",
    before_date: str = "",
    after: Row | None = None,
    limit: int = PAGE,
    oldest_first: bool = False,
) -> list[Row]:
    """One page, newest first unless ``oldest_first``; ``after`` is the last row of the page before.

    ``from_date`` (included) and ``before_date`` (not included) are date keys.
    """
    filters: list[tuple[str, tuple[Any, ...]]] = [("profile = ? AND kind = ?", (profile, kind))]
    filters += [
        (condition, (value,))
        for condition, value in (
            ("category = ?", category),
            ("status = ?", status),
            ("date_key >= ?", from_date),
            ("date_key < ?", before_date),
        )
        if value
    ]
    if unread:
        filters.append(("unread = 1", ()))
    if after:
        filters.append((f"(date_key, lid) {'>' if oldest_first else '<'} (?, ?)", (after.date_key, after.id)))
    return _select_page(con, filters, limit, "ASC" if oldest_first else "DESC")


def _select_page(con: Connection, filters: list[tuple[str, tuple[Any, ...]]], limit: int, order: str) -> list[Row]:
    conditions = " AND ".join(condition for condition, _ in filters)
    values = [value for _, values in filters for value in values]
    sql = _SELECT_ROWS + f"{conditions} ORDER BY date_key {order}, lid {order} LIMIT ?"
    return [make_row(found) for found in con.execute(sql, (*values, limit))]


def count_by_category(con: Connection, profile: str, kind: Kind, *, folder: str = "") -> dict[str, int]:
    """How many records of a kind each category has, those in ``folder`` if one is named."""
    inside, values = (" AND folder = ? AND folder <> ''", (folder,)) if folder else ("", ())
    sql = f"SELECT category, count(*) FROM res WHERE {SHOWN} AND profile = ? AND kind = ?{inside} GROUP BY category"  # noqa: S608
    return dict(con.execute(sql, (profile, kind, *values)).fetchall())


def count_by_kind(con: Connection, profile: str) -> dict[Kind, int]:
    """How many records of each kind a profile has; kinds without records are absent."""
    sql = f"SELECT kind, count(*) FROM res WHERE {SHOWN} AND profile = ? GROUP BY kind"  # noqa: S608
    return {Kind(kind): count for kind, count in con.execute(sql, (profile,))}


def get_record(con: Connection, record_id: str) -> Stored:
    """One record by our id. Raises Rejected("id", UNKNOWN_RECORD)."""
    found = con.execute(_SELECT_STORED + "lid = ?", (record_id,)).fetchone()
    if not found:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return _make_stored(found)


def find_record(con: Connection, profile: str, resource_type: str, rid: str) -> Stored | None:
    """One record by the server's type and id."""
    sql = _SELECT_STORED + "profile = ? AND type = ? AND rid = ?"
    found = con.execute(sql, (profile, resource_type, rid)).fetchone()
    return _make_stored(found) if found else None


def find_written(con: Connection, record_id: str) -> str:
    """When the version that is read was written: here if it waits, else as the server says; empty if nobody does."""
    sql = """
        SELECT max(at), upd FROM res
        LEFT JOIN (SELECT lid, at FROM outbox UNION ALL SELECT lid, at FROM conflict) USING (lid) WHERE lid = ?
    """
    at, upd = con.execute(sql, (record_id,)).fetchone()
    return datetime.fromtimestamp(at, UTC).isoformat() if at else upd or ""


def list_bodies(con: Connection, profile: str, kind: Kind, *, limit: int = 500) -> list[Stored]:
    """The newest records of a kind with their bodies."""
    sql = _SELECT_STORED + "behind = 0 AND profile = ? AND kind = ? ORDER BY date_key DESC, lid DESC LIMIT ?"
    return [_make_stored(found) for found in con.execute(sql, (profile, kind, limit))]


def mark_read(con: Connection, record_id: str) -> None:
    """The record is no longer new to anyone."""
    sql = "UPDATE res SET unread = 0 WHERE lid = ? AND unread = 1 RETURNING profile, kind"
    for profile, kind in con.execute(sql, (record_id,)).fetchall():
        con.touch(profile, Kind(kind))


def mark_unread(con: Connection, record_id: str) -> None:
    """The record is new again."""
    sql = "UPDATE res SET unread = 1 WHERE lid = ? AND unread = 0 RETURNING profile, kind"
    for profile, kind in con.execute(sql, (record_id,)).fetchall():
        con.touch(profile, Kind(kind))


def remove_records(con: Connection, profile: str, refs: Iterable[tuple[str, str]], *, merge: Merger) -> int:
    """Remove what the server no longer has, by (type, id), leaving a tombstone; returns how many went.

    One that was edited here stays where ``merge`` finds that its user has to be asked.
    """
    return sum(_remove_record(con, profile, resource_type, rid, merge) for resource_type, rid in refs)


def _remove_record(con: Connection, profile: str, resource_type: str, rid: str, merge: Merger) -> bool:
    sql = "SELECT lid FROM res WHERE profile = ? AND type = ? AND rid = ?"
    found = con.execute(sql, (profile, resource_type, rid)).fetchone()
    if found:
        rebase_record(con, found[0], None, merge)
    return bool(found) and con.execute("SELECT 1 FROM res WHERE lid = ?", found).fetchone() is None


def _make_stored(found: tuple[Any, ...]) -> Stored:
    resource_type, rid, body = found[-3:]
    return Stored(row=make_row(found), type=resource_type, rid=rid, body=body)
