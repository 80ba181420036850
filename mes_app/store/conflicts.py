"""Records of which two versions wait for a person's choice, and the versions that were not chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from mes_app.domain.record import Kind, Row
from mes_app.errors import Reason, Rejected
from mes_app.store.database import Connection
from mes_app.store.edits import When, Written, create_record, write_version
from mes_app.store.journal import note_act
from mes_app.store.rows import SELECTED_ROW, make_row
from mes_app.store.versions import keep_version, remove_record, require_versions, says_same

_SELECT = f"""
    SELECT type, rid, base, mine, theirs, conflict.ver, conflict.upd, at, {SELECTED_ROW}
    FROM conflict JOIN res USING (lid) WHERE
"""  # noqa: S608 (our own column names)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two versions and what they come from. ``mine`` None: deleted here; ``theirs`` None: deleted there.

    ``ver`` and ``upd`` (meta.lastUpdated) are of theirs; ``at`` (UTC) is when mine was last written.
    """

    row: Row
    type: str
    rid: str | None
    base: bytes | None
    mine: bytes | None
    theirs: bytes | None
    ver: str
    upd: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that was not chosen. ``whose``: mine or theirs; ``at`` (UTC): when it was not."""

    id: int
    profile: str
    type: str
    kind: Kind
    title: str
    body: bytes
    whose: str
    at: datetime


def list_conflicts(con: Connection, profile: str = "") -> list[Conflict]:
    """Those of a profile, else all, the oldest first."""
    sql = f"{_SELECT} ? IN ('', profile) ORDER BY at, lid"
    return [_make_conflict(found) for found in con.execute(sql, (profile,))]


def get_conflict(con: Connection, record_id: str) -> Conflict:
    """The conflict of a record. Raises Rejected("id", UNKNOWN_RECORD)."""
    found = con.execute(f"{_SELECT} lid = ?", (record_id,)).fetchone()
    if not found:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return _make_conflict(found)


def resolve_conflict(con: Connection, record_id: str, written: Written | None, when: When) -> None:
    """Settle for ``written`` (None: deleted); the versions it is not are kept. Raises Rejected("id", UNKNOWN_RECORD).

    What the server already says is not sent. What it deleted is written anew, as another record.
    """
    now = require_versions(con, record_id)
    if now.asked is None:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    wanted = written.body if written else None
    for whose, body in (("mine", now.asked.mine), ("theirs", now.asked.theirs)):
        if not says_same(body, wanted):
            keep_version(con, now, body, whose)
    note_act(con, now.profile, "resolve", record_id, when.at)
    con.execute("DELETE FROM conflict WHERE lid = ?", (record_id,))
    left = replace(now, asked=None)
    if now.asked.theirs is not None:
        write_version(con, left, written, when)
    else:
        if written:
            moved = create_record(con, now.profile, written, when)
            con.execute("UPDATE blob SET lid = ? WHERE lid = ?", (moved, record_id))
            sql = "UPDATE res SET (content, source) = (SELECT content, source FROM res WHERE lid = ?) WHERE lid = ?"
            con.execute(sql, (record_id, moved))
        remove_record(con, left)


def list_kept(con: Connection, profile: str) -> list[Kept]:
    """The versions of a profile that were not chosen, the last kept first."""
    sql = "SELECT id, profile, type, kind, title, body, whose, at FROM kept WHERE profile = ? ORDER BY id DESC"
    return [_make_kept(*found) for found in con.execute(sql, (profile,))]


def drop_kept(con: Connection, kept_id: int) -> None:
    """Forget one of them for good."""
    con.execute("DELETE FROM kept WHERE id = ?", (kept_id,))


def _make_conflict(found: Sequence[Any]) -> Conflict:
    resource_type, rid, base, mine, theirs, ver, upd, at, *row = found
    moment = datetime.fromtimestamp(at, UTC)
    return Conflict(make_row(row), resource_type, rid, base, mine, theirs, ver, upd, moment)


def _make_kept(kept_id: int, profile: str, resource_type: str, kind: str, *rest: Any) -> Kept:
    title, body, whose, at = rest
    return Kept(kept_id, profile, resource_type, Kind(kind), title, body, whose, datetime.fromtimestamp(at, UTC))
