"""What the server says, written: pages of resources into the mirror. No parsing here, and nothing of a withheld body.

The same page saved twice changes nothing, so that a pull may overlap, repeat or restart.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from mes_app.domain.record import ContentState, Kind
from mes_app.store.database import Connection
from mes_app.store.ids import make_id
from mes_app.store.rebases import Merger, rebase_record
from mes_app.store.rows import OVERVIEW_COLUMNS, WITHHELD, Incoming, assign_columns, read_overview
from mes_app.store.versions import SAVE_MIRRORS
from mes_app.store.withholding import forget_bodies

__all__ = ["Incoming", "save_page"]

_COLUMNS = ("lid", "profile", "type", "rid", "ver", "upd", *OVERVIEW_COLUMNS, "unread", "content", "deleted", "missed")
_SAVE_OVERVIEWS = (
    f"INSERT INTO res ({', '.join(_COLUMNS)}) VALUES {{rows}}"  # noqa: S608
    f" ON CONFLICT (lid) DO UPDATE SET {assign_columns({name: f'excluded.{name}' for name in _COLUMNS[4:]})}"
)
ROWS_AT_ONCE = 200
"""Rows of one statement: what a page asks for, and few enough values for SQLite."""
# CROSS JOIN fixes the order: the planner would read every row of the profile for each page
_FIND_KNOWN = """
    SELECT res.type, res.rid, res.lid, res.ver, res.upd, res.kind, res.withheld, res.unread,
           EXISTS (SELECT 1 FROM outbox WHERE outbox.lid = res.lid)
           OR EXISTS (SELECT 1 FROM conflict WHERE conflict.lid = res.lid)
    FROM json_each(?) AS named
    CROSS JOIN res ON res.profile = ? AND res.type = named.value ->> 0 AND res.rid = named.value ->> 1
"""
_FIND_BURIED = """
    SELECT tomb.type, tomb.rid, tomb.ver
    FROM json_each(?) AS named
    CROSS JOIN tomb ON tomb.profile = ? AND tomb.type = named.value ->> 0 AND tomb.rid = named.value ->> 1
"""


_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store already has under the same type and id."""

    lid: str
    ver: str
    upd: str
    kind: str
    withheld: int
    unread: int
    edited: int


@dataclass(frozen=True, slots=True)
class _News:
    """A resource to write, its record id, and what it replaces."""

    item: Incoming
    lid: str
    known: _Known | None

    @property
    def withheld(self) -> bool:
        """The person may not see it."""
        return self.item.overview.withheld

    @property
    def edited(self) -> bool:
        """The user has an unacknowledged version, with which this one is brought together."""
        return self.known is not None and bool(self.known.edited) and not self.withheld


def save_page(con: Connection, profile: str, page: Sequence[Incoming], *, merge: Merger, unread_since: str = "") -> int:
    """Bring the mirror up to ``page``; returns how many records changed.

    A version already seen, older, or buried under a tombstone is passed over. Of a withheld resource only type, id and
    version are kept. With an edit that the server does not have, ``merge`` brings it together. A document not shown
    before is unread when its date key is ``unread_since`` or later: the first sync gives a recent date so that an old
    dossier does not arrive as hundreds of new documents. The content of each new version of a document is to be
    fetched, where it has one.
    """
    news = _select_news(con, profile, page)
    plain = [new for new in news if not new.edited]
    forget_bodies(con, [new.lid for new in plain if new.withheld and new.known])
    _save_rows(con, _SAVE_OVERVIEWS, [_make_values(profile, new, unread_since) for new in plain])
    _save_rows(con, SAVE_MIRRORS, [(new.lid, new.item.body) for new in plain if not new.withheld])
    for new in news:
        if new.edited:
            rebase_record(con, new.lid, new.item, merge)
    _touch(con, profile, news)
    return len(news)


def _select_news(con: Connection, profile: str, page: Sequence[Incoming]) -> list[_News]:
    newest = _select_newest(page)
    named = json.dumps(list(newest))
    known = {(kind, rid): _Known(*rest) for kind, rid, *rest in con.execute(_FIND_KNOWN, (named, profile))}
    buried = _dig_up(con, profile, newest)
    return [
        _News(item, known[key].lid if key in known else make_id(), known.get(key))
        for key, item in newest.items()
        if key not in buried and (key not in known or _replaces(item, known[key]))
    ]


def _select_newest(page: Sequence[Incoming]) -> dict[_Key, Incoming]:
    """The page without what it repeats: servers that page by offset do, when something is written in between."""
    newest: dict[_Key, Incoming] = {}
    for item in page:
        key = (item.type, item.rid)
        if key not in newest or _is_older(newest[key].upd, item.upd):
            newest[key] = item
    return newest


def _replaces(item: Incoming, known: _Known) -> bool:
    return item.ver != known.ver and not _is_older(item.upd, known.upd)


def _is_older(upd: str, than: str) -> bool:
    """Whether the server wrote ``upd`` before ``than``; False where either is no instant."""
    try:
        return datetime.fromisoformat(upd) < datetime.fromisoformat(than)
    except (ValueError, TypeError):
        return False


def _dig_up(con: Connection, profile: str, newest: dict[_Key, Incoming]) -> set[_Key]:
    """What stays buried: the version that was removed, come back late. Another version rises and frees its tomb."""
    found = {(kind, rid): ver for kind, rid, ver in con.execute(_FIND_BURIED, (json.dumps(list(newest)), profile))}
    buried = {key for key, ver in found.items() if ver == newest[key].ver}
    con.executemany(
        "DELETE FROM tomb WHERE profile = ? AND type = ? AND rid = ?",
        [(profile, *key) for key in found.keys() - buried],
    )
    return buried


def _make_values(profile: str, new: _News, unread_since: str) -> tuple[Any, ...]:
    """The values of _COLUMNS."""
    item, overview = new.item, WITHHELD if new.withheld else new.item.overview
    is_document = overview.kind is Kind.DOCUMENTS
    if new.known and not new.known.withheld:
        unread = bool(new.known.unread) and not new.withheld
    else:
        unread = is_document and overview.date_key >= unread_since
    content = ContentState.REMOTE if is_document and item.has_content else ContentState.NONE
    upd = "" if new.withheld else item.upd
    return (new.lid, profile, item.type, item.rid, item.ver, upd, *read_overview(overview), unread, content, False, 0)


def _save_rows(con: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put ``rows`` at ``{rows}``, many in one statement: after each, this thread waits for those that parse."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        batch = rows[start : start + ROWS_AT_ONCE]
        row = f"({', '.join('?' for _ in batch[0])})"
        con.execute(sql.format(rows=", ".join([row] * len(batch))), tuple(chain.from_iterable(batch)))


def _touch(con: Connection, profile: str, news: Sequence[_News]) -> None:
    shown_now = {new.item.overview.kind for new in news if not new.withheld}
    shown_before = {Kind(new.known.kind) for new in news if new.known and not new.known.withheld}
    for kind in shown_now | shown_before:
        con.touch(profile, kind)
