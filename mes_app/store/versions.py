"""The versions of one record: what the server has, what was sent, what waits; and how a wanted version becomes those.

All that squashes changes is here. The waiting change always starts from what is under it: the mirror, or what was sent.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mes_app.domain.record import Kind, Overview
from mes_app.errors import Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.comparisons import is_same
from mes_app.fhir.labels import is_hidden
from mes_app.store.database import Connection
from mes_app.store.ids import make_id
from mes_app.store.ops import Op, list_ops, remove_op, save_op
from mes_app.store.rows import OVERVIEW_COLUMNS, Incoming, assign_columns, read_overview
from mes_app.store.traces import note_gone

_NUMBERED = {name: f"?{number}" for number, name in enumerate(OVERVIEW_COLUMNS, 1)}
_SHOW = f"UPDATE res SET {assign_columns(_NUMBERED)} WHERE lid = ?{len(_NUMBERED) + 1}"  # noqa: S608
SAVE_MIRRORS = "INSERT INTO body (lid, mirror) VALUES {rows} ON CONFLICT (lid) DO UPDATE SET mirror = excluded.mirror"


@dataclass(frozen=True, slots=True)
class When:
    """The moment of an edit (UTC), and the one (seconds since 1970) before which it is not sent: time to undo it."""

    at: datetime
    next_at: float


@dataclass(frozen=True, slots=True)
class Written:
    """A version of a record as FHIR JSON to send, without id or meta when new. ``deps``: our ids of what it refers to.

    It names those as ``urn:uuid:<id>`` until the server has them.
    """

    type: str
    body: bytes
    overview: Overview
    deps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A conflict: what both versions come from, and the two; ``at`` is when mine was written (seconds since 1970)."""

    base: bytes | None
    mine: bytes | None
    theirs: bytes | None
    at: int


@dataclass(frozen=True, slots=True)
class Versions:
    """Where a record stands. ``mirror`` is None, ``ver`` empty, when the server does not have it."""

    lid: str
    profile: str
    type: str
    rid: str | None
    ver: str
    kind: Kind
    deleted: bool
    mirror: bytes | None
    ops: tuple[Op, ...]
    asked: Asked | None

    @property
    def sent(self) -> Op | None:
        """The change that the server may have or not."""
        return self.ops[0] if self.ops and self.ops[0].sent else None

    @property
    def waiting(self) -> Op | None:
        """The change that was never sent, or refused."""
        return self.ops[-1] if self.ops and not self.ops[-1].sent else None

    @property
    def floor(self) -> bytes | None:
        """What the waiting change starts from."""
        return self.sent.body if self.sent else self.mirror

    @property
    def mine(self) -> bytes | None:
        """What the user wants of an edited record; None when it is deleted."""
        return self.asked.mine if self.asked else self.ops[-1].body

    @property
    def written_at(self) -> int:
        """When the user last wrote an edited record, in seconds since 1970."""
        return self.asked.at if self.asked else self.ops[-1].at


def find_versions(con: Connection, record_id: str) -> Versions | None:
    """Where a record stands; None where there is none. Of a withheld one there is neither mirror nor edit."""
    sql = """
        SELECT profile, type, rid, ver, kind, deleted, mirror FROM res LEFT JOIN body USING (lid) WHERE lid = ?
    """
    found = con.execute(sql, (record_id,)).fetchone()
    if not found:
        return None
    profile, resource_type, rid, ver, kind, deleted, mirror = found
    ops = tuple(list_ops(con, "lid = ?", (record_id,)))
    sql = "SELECT base, mine, theirs, at FROM conflict WHERE lid = ?"
    asked = con.execute(sql, (record_id,)).fetchone()
    return Versions(
        record_id,
        profile,
        resource_type,
        rid,
        ver,
        Kind(kind),
        bool(deleted),
        mirror,
        ops,
        Asked(*asked) if asked else None,
    )


def require_versions(con: Connection, record_id: str) -> Versions:
    """Where a record stands. Raises Rejected("id", UNKNOWN_RECORD)."""
    found = find_versions(con, record_id)
    if found is None:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return found


def says_same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two versions are the same; None: deleted."""
    return one is other or (one is not None and other is not None and is_same(one, other))


def want_version(
    con: Connection,
    now: Versions,
    body: bytes | None,
    overview: Overview | None,
    *,
    deps: tuple[str, ...] | None = None,
    when: When | None = None,
) -> None:
    """Make ``body`` (None: deleted) what the user reads, and what waits to be sent if it is not what is under it.

    ``when``: the user wrote it then. Without, it is what a merge made of an earlier edit, whose ``deps`` and time stay.
    ``overview`` None leaves what the row shows, for a record that is hidden.
    """
    if now.asked:
        if body is None and now.asked.theirs is None:
            remove_record(con, now)
            return
        at = int(when.at.timestamp()) if when else now.asked.at
        con.execute("UPDATE conflict SET mine = ?, at = ? WHERE lid = ?", (body, at, now.lid))
        show_version(con, now, body, overview, deleted=body is None)
        hide_undecided(con, now.lid, now.asked.theirs)
        return
    is_new = now.mirror is None and now.sent is None
    if is_new and body is None:
        remove_record(con, now)
        return
    if not is_new and says_same(body, now.floor):
        if now.waiting:
            remove_op(con, now.waiting)
        show_version(con, now, now.sent.body if now.sent else None, overview, deleted=body is None)
        return
    save_op(con, _make_op(now, "C" if is_new else "D" if body is None else "U", body, deps, when))
    show_version(con, now, body, overview, deleted=body is None)


def begin_version(con: Connection, record_id: str, profile: str, written: Written, when: When) -> None:
    """Make ``written`` what the user reads of a record just made, whose row shows it already, and what waits."""
    con.execute("INSERT INTO body (lid, overlay) VALUES (?, ?)", (record_id, written.body))
    op = Op(
        op_id=make_id(),
        lid=record_id,
        profile=profile,
        op="C",
        type=written.type,
        rid=None,
        body=written.body,
        deps=written.deps,
        next_at=when.next_at,
        at=int(when.at.timestamp()),
    )
    save_op(con, op)
    con.touch(profile, written.overview.kind)


def _make_op(now: Versions, name: str, body: bytes | None, deps: tuple[str, ...] | None, when: When | None) -> Op:
    op = now.waiting or Op(
        op_id=make_id(), lid=now.lid, profile=now.profile, op=name, type=now.type, rid=now.rid, body=body
    )
    base_ver, base_body = ("", None) if now.sent else (now.ver, now.mirror)
    op = replace(op, op=name, body=body, base_ver=base_ver, base_body=base_body)
    if deps is not None:
        op = replace(op, deps=deps)
    if when:
        at = int(when.at.timestamp())
        op = replace(op, state="ready", attempts=0, next_at=when.next_at, reason=None, status=0, told="", at=at)
    return op


def show_version(
    con: Connection, now: Versions, overlay: bytes | None, overview: Overview | None, *, deleted: bool
) -> None:
    """Make a record read as ``overlay``, else as the server has it."""
    con.execute("UPDATE body SET overlay = ? WHERE lid = ?", (overlay, now.lid))
    con.execute("UPDATE res SET deleted = ? WHERE lid = ?", (deleted, now.lid))
    con.touch(now.profile, now.kind)
    if overview:
        con.execute(_SHOW, (*read_overview(overview), now.lid))
        con.touch(now.profile, overview.kind)


def hide_undecided(con: Connection, record_id: str, theirs: bytes | None) -> None:
    """While two versions wait for a choice, what either hides is hidden."""
    if theirs is not None and is_hidden(read_body(theirs)):
        con.execute("UPDATE res SET hidden = 1 WHERE lid = ?", (record_id,))


def receive_version(con: Connection, now: Versions, theirs: Incoming) -> None:
    """Note what the server has, under the id it gave."""
    con.execute(
        "UPDATE res SET rid = ?, ver = ?, upd = ?, missed = 0 WHERE lid = ?",
        (theirs.rid, theirs.ver, theirs.upd, now.lid),
    )
    con.execute(SAVE_MIRRORS.format(rows="(?, ?)"), (now.lid, theirs.body))


def lose_version(con: Connection, now: Versions) -> None:
    """Note that the server no longer has the record, and let the version it had not come back."""
    _bury(con, now)
    con.execute("UPDATE res SET ver = '', upd = '' WHERE lid = ?", (now.lid,))
    con.execute("UPDATE body SET mirror = NULL WHERE lid = ?", (now.lid,))


def remove_record(con: Connection, now: Versions) -> None:
    """Remove a record and all that hangs from it; the version that the server had does not come back."""
    _bury(con, now)
    con.execute("DELETE FROM res WHERE lid = ?", (now.lid,))
    con.touch(now.profile, now.kind)
    if now.kind is Kind.DOCUMENTS:
        note_gone(con)


def _bury(con: Connection, now: Versions) -> None:
    if now.rid and now.ver:
        con.execute(
            "INSERT OR REPLACE INTO tomb (profile, type, rid, ver) VALUES (?, ?, ?, ?)",
            (now.profile, now.type, now.rid, now.ver),
        )


def keep_version(con: Connection, now: Versions, body: bytes | None, whose: str) -> None:
    """Keep aside a version (``mine`` or ``theirs``) that is given up; a deletion given up leaves nothing to keep."""
    if body is not None:
        con.execute(
            "INSERT INTO kept (lid, profile, type, kind, title, body, whose)"
            " SELECT lid, profile, type, kind, title, ?, ? FROM res WHERE lid = ?",
            (body, whose, now.lid),
        )
