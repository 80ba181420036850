"""What becomes of an unacknowledged edit when the server's version of its record arrives: merged, or asked.

How two versions are merged is the caller's: here is only what is kept, sent and asked afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mes_app.domain.record import Kind, Overview
from mes_app.store.database import Connection
from mes_app.store.ops import remove_op, save_op
from mes_app.store.rows import WITHHELD, Incoming
from mes_app.store.versions import (
    Asked,
    Versions,
    When,
    find_versions,
    hide_undecided,
    keep_version,
    lose_version,
    receive_version,
    remove_record,
    says_same,
    show_version,
    want_version,
)
from mes_app.store.withholding import forget_bodies


@dataclass(frozen=True, slots=True)
class Merged:
    """What two versions come to: ``body`` is None when that is a deletion. ``clash``: only a person can decide."""

    body: bytes | None
    overview: Overview | None
    clash: bool


Merger = Callable[[str, bytes | None, bytes | None, bytes | None], Merged]
"""(type, base, mine, theirs) to what they come to; a body is None where there was none, or it was deleted."""


def rebase_record(con: Connection, record_id: str, theirs: Incoming | None, merge: Merger) -> None:
    """Make the server's version of a record (None: it is gone) the one that an edit of it starts from.

    Without an edit it becomes the record. While one is in flight nothing happens: its answer will tell. Where the two
    clash, a conflict opens with all that waited, and nothing more of the record is sent.
    """
    now = find_versions(con, record_id)
    if now is None or any(op.state == "inflight" for op in now.ops):
        return
    base = now.asked.base if now.asked else now.mirror
    if now.sent and now.waiting:
        if theirs and _contains(theirs, merge(now.type, base, now.sent.body, theirs.body)):
            base = now.sent.body  # it was applied: only what was written since is still to be merged
        remove_op(con, now.sent)
    elif now.sent:
        save_op(con, replace(now.sent, sent=False))
    settle_edit(con, record_id, base, theirs, merge)
    if theirs and theirs.overview.kind is Kind.DOCUMENTS:
        con.execute("UPDATE res SET content = 'remote' WHERE lid = ? AND content = 'stored'", (record_id,))


def _contains(theirs: Incoming, merged: Merged) -> bool:
    """Whether the server's version already says all that was merged into it. A clash, too, holds that version."""
    return not merged.clash and says_same(merged.body, theirs.body)


def settle_edit(con: Connection, record_id: str, base: bytes | None, theirs: Incoming | None, merge: Merger) -> None:
    """Bring together what waits of a record, made from ``base``, and what the server has of it now."""
    now = find_versions(con, record_id)
    if now is None:
        return
    if theirs and theirs.overview.withheld:
        _withhold(con, now, theirs)
    elif not now.ops and not now.asked:
        _follow(con, now, theirs)
    else:
        _merge_edit(con, now, Asked(base, now.mine, theirs.body if theirs else None, now.written_at), theirs, merge)


def _withhold(con: Connection, now: Versions, theirs: Incoming) -> None:
    """Edits go too, but for the user's own words: they hold what is no longer to be seen."""
    receive_version(con, now, replace(theirs, upd=""))
    forget_bodies(con, [now.lid])
    show_version(con, now, None, WITHHELD, deleted=False)


def _follow(con: Connection, now: Versions, theirs: Incoming | None) -> None:
    if theirs is None:
        remove_record(con, now)
    else:
        receive_version(con, now, theirs)
        show_version(con, now, None, theirs.overview, deleted=False)


def _merge_edit(con: Connection, now: Versions, asked: Asked, theirs: Incoming | None, merge: Merger) -> None:
    if asked.mine is None and theirs is None:
        remove_record(con, now)
        return
    merged = merge(now.type, asked.base, asked.mine, asked.theirs)
    if merged.clash or (theirs is None and merged.body is not None):
        _ask(con, now, asked, theirs)
    elif theirs is None:
        keep_version(con, now, asked.mine, "mine")
        remove_record(con, now)
    else:
        _go_on(con, now, theirs, merged)


def _ask(con: Connection, now: Versions, asked: Asked, theirs: Incoming | None) -> None:
    """Open a conflict, or bring an open one up to date. The row goes on showing what the user wrote."""
    if theirs:
        receive_version(con, now, theirs)
    else:
        lose_version(con, now)
    con.execute("DELETE FROM outbox WHERE lid = ?", (now.lid,))
    con.execute(
        "INSERT OR REPLACE INTO conflict (lid, base, mine, theirs, ver, upd, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            now.lid,
            asked.base,
            asked.mine,
            asked.theirs,
            theirs.ver if theirs else "",
            theirs.upd if theirs else "",
            asked.at,
        ),
    )
    hide_undecided(con, now.lid, asked.theirs)
    con.touch(now.profile, now.kind)


def _go_on(con: Connection, now: Versions, theirs: Incoming, merged: Merged) -> None:
    """Send what was merged, if it says more than the server. A conflict that the server settled is closed."""
    receive_version(con, now, theirs)
    when = None
    if now.asked:
        con.execute("DELETE FROM conflict WHERE lid = ?", (now.lid,))
        when = When(datetime.fromtimestamp(now.asked.at, UTC), next_at=0.0)
    now = replace(now, rid=theirs.rid, ver=theirs.ver, mirror=theirs.body, asked=None)
    want_version(con, now, merged.body, merged.overview, when=when)
