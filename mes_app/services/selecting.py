"""Several documents at once: all that a list holds, what those chosen are, and what is done to them with one undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mes_app.domain.checks import may_delete
from mes_app.domain.document_filters import DocumentFilter, check_filter
from mes_app.domain.record import Kind
from mes_app.domain.searching import parse_query
from mes_app.errors import Reason, Rejected
from mes_app.services.editing import delete_own
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited, join_edits
from mes_app.services.visibility import VisibilityChoices
from mes_app.store.database import Connection
from mes_app.store.document_filters import list_ids
from mes_app.store.edits import When
from mes_app.store.search import list_found_ids
from mes_app.store.selections import count_by_source
from mes_app.store.visibility import find_hidden

DELETED_AT_ONCE = 10
"""As many as the national service deletes at once."""
STEP = 50
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many of the documents chosen are here, hidden from professionals, pinned, and not the person's to delete."""

    count: int = 0
    hidden: int = 0
    pinned: int = 0
    foreign: int = 0


class Selecting:
    """What is done to several documents of one person."""

    def __init__(self, pen: Pen, visibility: VisibilityChoices) -> None:
        self._pen = pen
        self._visibility = visibility

    async def list_all(self, pid: str, text: str, chosen: DocumentFilter) -> list[str]:
        """Our ids of everything that ``Search.find`` gives page by page, in no order. Raises as it does."""
        terms, chosen = parse_query(text), check_filter(chosen)
        if terms:
            return await self._pen.database.read(list_found_ids, pid, terms, chosen)
        return await self._pen.database.read(list_ids, pid, chosen)

    async def tell(self, record_ids: Sequence[str]) -> Chosen:
        """What these documents are; one that is no longer here counts for nothing."""
        shares = await self._pen.database.read(count_by_source, record_ids)
        return Chosen(
            count=sum(share.count for share in shares.values()),
            hidden=sum(share.hidden for share in shares.values()),
            pinned=sum(share.pinned for share in shares.values()),
            foreign=sum(share.count for source, share in shares.items() if not may_delete(Kind.DOCUMENTS, source)),
        )

    async def hide(self, record_ids: Sequence[str], *, hidden: bool, report: Report) -> Edited:
        """Hide these documents from professionals, or show them, some at a time; none when this raises or is cancelled.

        ``report`` is told how many are done, of how many.
        """
        edits: list[Edited] = []
        try:
            for start in range(0, len(record_ids), STEP):
                here = await self._pen.database.read(find_hidden, record_ids[start : start + STEP])
                edits.append(await self._visibility.choose([*here], hidden=hidden))
                report(min(start + STEP, len(record_ids)), len(record_ids))
        except BaseException:
            await self._pen.write(join_edits(edits).undo, self._pen.when())
            raise
        return Edited("", join_edits(edits).undo)

    async def delete(self, record_ids: Sequence[str]) -> Edited:
        """Delete these documents, all or none; ``Editing.undo`` brings all back.

        Raises Rejected("ids", TOO_MANY) over 10, NotAllowed(NOT_YOURS), Rejected("id", UNKNOWN_RECORD).
        """
        if len(record_ids) > DELETED_AT_ONCE:
            raise Rejected("ids", Reason.TOO_MANY)
        return await self._pen.write(_delete, record_ids, self._pen.when())


def _delete(con: Connection, record_ids: Sequence[str], when: When) -> Edited:
    return Edited("", join_edits([delete_own(con, record_id, when) for record_id in record_ids]).undo)
