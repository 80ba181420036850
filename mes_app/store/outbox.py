"""Changes made here that the server has not acknowledged: what waits, what may be sent, and what became of it.

What was sent may have been applied whatever the answer said: until that is known, nothing takes its place.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from mes_app.domain.record import Kind
from mes_app.errors import Reason
from mes_app.fhir.bodies import read_body
from mes_app.fhir.overviews import summarise
from mes_app.store.conflicts import resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.journal import note_act
from mes_app.store.ops import Op, list_ops, remove_op, save_op
from mes_app.store.rebases import Merger, settle_edit
from mes_app.store.references import name_record
from mes_app.store.rows import Incoming
from mes_app.store.versions import (
    Versions,
    When,
    Written,
    find_versions,
    keep_version,
    remove_record,
    require_versions,
    want_version,
)

_SENDABLE = """
    outbox.state = 'ready'
    AND NOT EXISTS (SELECT 1 FROM outbox AS former WHERE former.lid = outbox.lid AND former.seq < outbox.seq)
    AND NOT EXISTS (
        SELECT 1 FROM json_each(outbox.deps) AS needed JOIN outbox AS creation ON creation.lid = needed.value
        WHERE creation.op = 'C'
    )
"""
_PENDING = """
    SELECT lid, res.profile, kind, title, op, type, res.rid, waits, reason, told FROM (
        SELECT lid, at, seq, op, state AS waits, reason, told FROM outbox
        UNION ALL
        SELECT lid, at, 0, CASE WHEN mine IS NULL THEN 'D' ELSE 'U' END, 'conflict', '', '' FROM conflict
    ) JOIN res USING (lid) JOIN profile ON pid = res.profile
    WHERE ? OR profile.rid IS NOT NULL
"""

_LONGEST_WAIT = 600.0


@dataclass(frozen=True, slots=True)
class Pending:
    """One change that waits: ``op`` is C, U or D; ``rid`` is None until the record was sent once.

    ``state``: ready, inflight, quarantined (``reason`` says why, ``told`` in the server's words), or conflict.
    """

    record_id: str
    profile: str
    kind: Kind
    title: str
    op: str
    type: str
    rid: str | None
    state: str = "ready"
    reason: Reason | None = None
    told: str = ""


def list_pending(con: Connection, *, local: bool = False) -> list[Pending]:
    """Every change that waits, to be sent or settled, in the order they were made.

    With ``local`` also what is only here because no server knows the person: that waits for nothing.
    """
    return [_make_pending(*found) for found in con.execute(_PENDING + "ORDER BY at, seq", (local,))]


def get_pending_body(con: Connection, record_id: str) -> bytes:
    """The FHIR JSON of a record as it was last written here."""
    sql = """
        SELECT coalesce(
            (SELECT body FROM outbox WHERE lid = body.lid AND op <> 'D' ORDER BY seq DESC LIMIT 1), overlay
        ) FROM body WHERE lid = ?
    """
    return bytes(con.execute(sql, (record_id,)).fetchone()[0])


def tally_pending(con: Connection) -> tuple[int, date | None]:
    """How many changes are only here in the whole vault, and the day (local) of the last of them."""
    sql = """
        SELECT sum(found), max(last) FROM (
            SELECT (SELECT count(*) FROM outbox) AS found, (SELECT max(at) FROM outbox) AS last
            UNION ALL SELECT count(*), max(at) FROM conflict
        )
    """
    count, at = con.execute(sql).fetchone()
    return count, None if at is None else datetime.fromtimestamp(at, UTC).astimezone().date()


def list_due(con: Connection, profile: str, now: float) -> list[Op]:
    """What may be sent at ``now``, in the order made: the first of its record, whose dependencies the server has."""
    return list_ops(con, f"{_SENDABLE} AND profile = ? AND next_at <= ?", (profile, now))


def list_inflight(con: Connection, profile: str) -> list[Op]:
    """What was being sent when a run ended: the server may have it or not."""
    return list_ops(con, "profile = ? AND state = 'inflight'", (profile,))


def find_next_due(con: Connection) -> float | None:
    """When (seconds since 1970) the first change that may be sent is due; of profiles that are hidden or that no server
    knows, none may.
    """
    sql = f"""
        SELECT min(next_at) FROM outbox JOIN res USING (lid) JOIN profile ON pid = profile
        WHERE {_SENDABLE} AND profile.state = 'active' AND profile.rid IS NOT NULL
    """  # noqa: S608 (our own condition)
    (at,) = con.execute(sql).fetchone()
    return None if at is None else float(at)


def hurry(con: Connection, now: float) -> None:
    """What was postponed is due at ``now``: the reason may be over. So is what waits longer than any edit may.

    That one was written before the clock was set back: its time to undo it has passed.
    """
    sql = "UPDATE outbox SET next_at = ? WHERE state = 'ready' AND next_at > iif(attempts > 0, ?, ?)"
    con.execute(sql, (now, now, now + _LONGEST_WAIT))


def hold_back(con: Connection, record_ids: Sequence[str], next_at: float) -> None:
    """What waits of these records, and was never sent, is not sent before ``next_at``."""
    sql = "UPDATE outbox SET next_at = ? WHERE lid IN (SELECT value FROM json_each(?)) AND state = 'ready' AND NOT sent"
    con.execute(sql, (next_at, json.dumps(list(record_ids))))


def mark_inflight(con: Connection, op: Op) -> bool:
    """Say that ``op`` is about to be sent. False, and it must not be: it changed or went since it was listed."""
    if _find_op(con, op) != op:
        return False
    save_op(con, replace(op, state="inflight", sent=True))
    return True


def postpone(con: Connection, op: Op, next_at: float) -> None:
    """Send ``op`` again, not before ``next_at``: what became of it is not known, or it was not let in."""
    if found := _find_op(con, op):
        save_op(con, replace(found, state="ready", attempts=found.attempts + 1, next_at=next_at))


def quarantine(con: Connection, op: Op, reason: Reason, status: int = 0, told: str = "") -> None:
    """The server refused ``op``: it waits, and what depends on it, until the user corrects, releases or drops it.

    What the user wrote since takes its place.
    """
    now = find_versions(con, op.lid)
    found = _find_op(con, op)
    if now is None or found is None:
        return
    con.touch(now.profile, now.kind)
    if now.waiting is None or now.waiting == found:
        save_op(
            con, replace(found, state="quarantined", attempts=0, sent=False, reason=reason, status=status, told=told)
        )
    elif op.op == "C" and now.waiting.op == "D":
        remove_record(con, now)
    else:
        remove_op(con, found)
        name = "C" if op.op == "C" else now.waiting.op
        save_op(con, replace(now.waiting, op=name, base_ver=found.base_ver, base_body=found.base_body))


def release(con: Connection, record_id: str, next_at: float) -> None:
    """Try the quarantined change of a record again."""
    for op in list_ops(con, "lid = ? AND state = 'quarantined'", (record_id,)):
        save_op(con, replace(op, state="ready", next_at=next_at, reason=None, status=0, told=""))
        con.touch(op.profile, require_versions(con, record_id).kind)


def drop_changes(con: Connection, record_id: str, when: When) -> None:
    """Give up what waits of a record, in favour of what the server has; one that it never had goes.

    What is given up is kept aside. What is in flight is not given up. Raises Rejected("id", UNKNOWN_RECORD).
    """
    now = require_versions(con, record_id)
    if now.asked:
        resolve_conflict(con, record_id, _write_back(now.type, now.asked.theirs), when)
        return
    dropped = [op for op in now.ops if op.state != "inflight"]
    if not dropped:
        return
    keep_version(con, now, dropped[-1].body, "mine")
    for op in dropped:
        remove_op(con, op)
    note_act(con, now.profile, "drop", record_id, when.at)
    left = require_versions(con, record_id)
    if left.mirror is None and not left.ops:
        remove_record(con, left)
    else:
        back = _write_back(left.type, left.floor)
        want_version(con, left, left.floor, back.overview if back else None)


def acknowledge(con: Connection, op: Op, theirs: Incoming | None, merge: Merger) -> None:
    """The server has ``op``: ``theirs`` is its version after a C or U, None after a D. What waits behind is rebased.

    References to a record just created become those of the server, everywhere.
    """
    now = find_versions(con, op.lid)
    found = _find_op(con, op)
    if now is None or found is None:
        return
    if (found.op, found.body) == (op.op, op.body):
        remove_op(con, op)
    else:
        save_op(con, replace(found, sent=False))
    if theirs is None:
        remove_record(con, now)
        return
    if op.op == "C":
        _absorb_twin(con, now, theirs.rid)
        name_record(con, now, theirs.rid)
    settle_edit(con, op.lid, op.body, theirs, merge)


def _absorb_twin(con: Connection, now: Versions, rid: str) -> None:
    """A pull may have brought what was created here before its answer came: as another record, which goes."""
    sql = "SELECT lid FROM res WHERE profile = ? AND type = ? AND rid = ? AND lid <> ?"
    for (lid,) in con.execute(sql, (now.profile, now.type, rid, now.lid)).fetchall():
        twin = find_versions(con, lid)
        if twin and (twin.ops or twin.asked):
            keep_version(con, twin, twin.mine, "mine")
        con.execute("DELETE FROM res WHERE lid = ?", (lid,))


def _make_pending(record_id: str, profile: str, kind: str, title: str, op: str, *rest: Any) -> Pending:
    resource_type, rid, state, reason, told = rest
    reason = Reason(reason) if reason else None
    return Pending(record_id, profile, Kind(kind), title, op, resource_type, rid, state, reason, told)


def _find_op(con: Connection, op: Op) -> Op | None:
    return next(iter(list_ops(con, "seq = ?", (op.seq,))), None)


def _write_back(resource_type: str, body: bytes | None) -> Written | None:
    return Written(resource_type, body, summarise(read_body(body), holder=True)) if body is not None else None
