"""Link records of one person to each other: a treatment to its prescription, a disease to its documents.

Which of the two says so is not the person's concern. Those of an entry that is being written are written with it,
``Editing.add``.
"""

from collections.abc import Sequence

from mes_app.domain.links import Linked, holds, list_linkable
from mes_app.domain.record import Kind, Row
from mes_app.fhir.codec import find_written_type
from mes_app.fhir.links import list_holders, list_targets
from mes_app.services.link_writing import link_records, list_links, may_say, unlink_records
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited
from mes_app.store import links
from mes_app.store.database import Connection
from mes_app.store.links import Wanted
from mes_app.store.records import get_record


class Linking:
    """The links of one record at a time."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def kinds(self, record_id: str) -> tuple[Kind, ...]:
        """The kinds of records that it could be linked to, none where nobody here may say so.

        Raises Rejected(UNKNOWN_RECORD).
        """
        return await self._pen.database.read(_list_kinds, record_id)

    async def candidates(self, record_id: str, text: str = "") -> list[Row]:
        """The newest 60 records that it could be linked to, with every word of ``text``.

        Raises Rejected(UNKNOWN_RECORD).
        """
        return await self._pen.database.read(_list_candidates, record_id, text)

    async def proposals(self, pid: str, kind: Kind, text: str = "", without: Sequence[str] = ()) -> list[Row]:
        """As ``candidates``, for an entry that the person is writing; ``without`` those that are chosen already."""
        return await self._pen.database.read(_list_proposals, pid, kind, text, without)

    async def rows(self, pid: str, record_ids: Sequence[str]) -> list[Row]:
        """The records chosen, in their order, less those that are gone."""
        return await self._pen.database.read(links.list_rows, pid, record_ids)

    async def link(self, record_id: str, other_id: str) -> Edited:
        """The two belong together. Raises Rejected(UNKNOWN_RECORD), Rejected("target", NOT_A_CHOICE) for two that
        cannot be linked, NotAllowed(NOT_YOURS) where the one that would say it is somebody else's.
        """
        return await self._pen.write(link_records, record_id, other_id, self._pen.when())

    async def unlink(self, record_id: str, other_id: str) -> Edited:
        """They no longer do. Raises as ``link``; NOT_A_CHOICE where they are not linked."""
        return await self._pen.write(unlink_records, record_id, other_id, self._pen.when())

    async def list(self, record_id: str) -> list[Linked]:
        """All that a record is linked to, whichever of the two says so. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._pen.database.read(list_links, record_id)


def _list_kinds(con: Connection, record_id: str) -> tuple[Kind, ...]:
    stored = get_record(con, record_id)
    return tuple(one.kind for one in _list_wanted(stored.row.kind, stored.type, mine=may_say(stored.row)))


def _list_candidates(con: Connection, record_id: str, text: str) -> list[Row]:
    stored = get_record(con, record_id)
    wanted = _list_wanted(stored.row.kind, stored.type, mine=may_say(stored.row))
    linked = [one.row.id for one in list_links(con, record_id)]
    return links.list_candidates(con, stored.row.profile, wanted, linked, text)


def _list_proposals(con: Connection, pid: str, kind: Kind, text: str, without: Sequence[str]) -> list[Row]:
    wanted = _list_wanted(kind, find_written_type(kind), mine=True)
    return links.list_candidates(con, pid, wanted, without, text)


def _list_wanted(kind: Kind, fhir_type: str, *, mine: bool) -> list[Wanted]:
    """What a record of ``kind`` could name, or be named by, by their kinds; less what can be written in neither."""
    found = [
        Wanted(other, list_targets(fhir_type) if mine else (), own=False)
        if holds(kind, other)
        else Wanted(other, list_holders(fhir_type), own=True)
        for other in list_linkable(kind)
    ]
    return [one for one in found if one.types]
