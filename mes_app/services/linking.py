"""Link records of one person to each other: a treatment to its prescription, a disease to its documents.

Which of the two says so is not the person's concern: it is written in the one that can say it, if that one is theirs.
"""

from mes_app.domain.checks import may_edit
from mes_app.domain.links import OPENED, Linked, holds, list_linkable
from mes_app.domain.record import Kind, Row
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.links import can_link, drop_links, list_holders, list_targets, put_link
from mes_app.services.encoding import describe_body
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited
from mes_app.store import links
from mes_app.store.database import Connection
from mes_app.store.edits import When, change_record
from mes_app.store.links import Wanted
from mes_app.store.records import Stored, get_record


class Linking:
    """The links of one record at a time."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def kinds(self, record_id: str) -> tuple[Kind, ...]:
        """The kinds of records that it could be linked to, none where nobody here may say so.

        Raises Rejected(UNKNOWN_RECORD).
        """
        return await self._pen.database.read(_list_kinds, record_id)

    async def candidates(self, record_id: str, text: str = "", kind: Kind | None = None) -> list[Row]:
        """The newest 60 records that it could be linked to, of one ``kind`` if it is told, with every word of ``text``.

        Raises Rejected(UNKNOWN_RECORD).
        """
        return await self._pen.database.read(_list_candidates, record_id, text, kind)

    async def link(self, record_id: str, other_id: str) -> Edited:
        """The two belong together. Raises Rejected(UNKNOWN_RECORD), Rejected("target", NOT_A_CHOICE) for two that
        cannot be linked, NotAllowed(NOT_YOURS) where the one that would say it is somebody else's.
        """
        return await self._pen.write(_link, record_id, other_id, self._pen.when())

    async def unlink(self, record_id: str, other_id: str) -> Edited:
        """They no longer do. Raises as ``link``; NOT_A_CHOICE where they are not linked."""
        return await self._pen.write(_unlink, record_id, other_id, self._pen.when())

    async def list(self, record_id: str) -> list[Linked]:
        """All that a record is linked to, whichever of the two says so. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._pen.database.read(list_links, record_id)


def list_links(con: Connection, record_id: str) -> list[Linked]:
    """All that a record is linked to, what it says itself first. Raises Rejected(UNKNOWN_RECORD)."""
    row = get_record(con, record_id).row
    ahead, behind = links.list_ahead(con, row), links.list_behind(con, row)
    said = {one.id: Linked(one, mine=_may_say(row)) for one in ahead}
    told = {one.id: Linked(one, mine=_may_say(one)) for one in behind if one.id not in said}
    return [one for one in (*said.values(), *told.values()) if one.row.kind in OPENED]


def _list_kinds(con: Connection, record_id: str) -> tuple[Kind, ...]:
    stored = get_record(con, record_id)
    return tuple(kind for kind in list_linkable(stored.row.kind) if _want(stored, kind).types)


def _list_candidates(con: Connection, record_id: str, text: str, kind: Kind | None) -> list[Row]:
    stored = get_record(con, record_id)
    kinds = [one for one in list_linkable(stored.row.kind) if kind in (None, one)]
    wanted = [found for one in kinds if (found := _want(stored, one)).types]
    linked = [one.row.id for one in list_links(con, record_id)]
    return links.list_candidates(con, stored.row.profile, wanted, linked, text)


def _want(stored: Stored, kind: Kind) -> Wanted:
    """Those of ``kind`` that ``stored`` could name, or that could name it; of no type where neither can be written."""
    if not holds(stored.row.kind, kind):
        return Wanted(kind, list_holders(stored.type), own=True)
    return Wanted(kind, list_targets(stored.type) if _may_say(stored.row) else (), own=False)


def _link(con: Connection, record_id: str, other_id: str, when: When) -> Edited:
    holder, target = _order(get_record(con, record_id), get_record(con, other_id))
    linked = target.row.id in _list_ids(con, holder.row)
    body = holder.body if linked else put_link(holder.body, target.type, f"urn:uuid:{target.row.id}")
    return _write(con, holder, body, when)


def _unlink(con: Connection, record_id: str, other_id: str, when: When) -> Edited:
    one, other = get_record(con, record_id), get_record(con, other_id)
    pairs = [(one, other), (other, one)]
    said = [(holder, target) for holder, target in pairs if target.row.id in _list_ids(con, holder.row)]
    if not said:
        raise Rejected("target", Reason.NOT_A_CHOICE)
    holder, target = said[0]
    if not _may_say(holder.row):
        raise NotAllowed(Reason.NOT_YOURS)
    return _write(con, holder, drop_links(holder.body, links.list_addresses(con, target.row.id)), when)


def _list_ids(con: Connection, row: Row) -> set[str]:
    return {one.id for one in links.list_ahead(con, row)}


def _order(one: Stored, other: Stored) -> tuple[Stored, Stored]:
    """Which of the two says it, then the other."""
    holder, target = (one, other) if holds(one.row.kind, other.row.kind) else (other, one)
    if one.row.profile != other.row.profile or not holds(holder.row.kind, target.row.kind):
        raise Rejected("target", Reason.NOT_A_CHOICE)
    if not _may_say(holder.row) or not can_link(holder.type, target.type):
        raise NotAllowed(Reason.NOT_YOURS)
    return holder, target


def _may_say(row: Row) -> bool:
    return may_edit(row.kind, row.source)


def _write(con: Connection, holder: Stored, body: bytes, when: When) -> Edited:
    record_id, pid = holder.row.id, holder.row.profile
    former = change_record(con, record_id, describe_body(con, pid, body), when)
    return Edited(record_id, lambda con, when: change_record(con, record_id, describe_body(con, pid, former), when))
