"""Hide documents from professionals, or show them: one, some or all, with the same undo as any change.

Every document may be hidden, whoever wrote it: it is the patient's to say. What is asked and what holds are told apart.
"""

from collections.abc import Sequence

from mes_app.domain.visibility import Standing, Visibility, VisibilitySummary
from mes_app.errors import Reason, Rejected
from mes_app.fhir.labels import hide_body
from mes_app.services.encoding import describe_body
from mes_app.services.pens import Pen
from mes_app.services.syncing import Syncing
from mes_app.services.undoing import Edited
from mes_app.store import visibility as store
from mes_app.store.database import Connection
from mes_app.store.edits import When, change_record
from mes_app.store.folds import list_folded
from mes_app.store.records import get_record
from mes_app.sync.capabilities import find_capabilities


class VisibilityChoices:
    """What the professionals of one person at a time may read of the documents."""

    def __init__(self, pen: Pen, syncing: Syncing) -> None:
        self._pen = pen
        self._syncing = syncing

    async def tell(self, record_id: str) -> Visibility:
        """Of one document. Raises Rejected(UNKNOWN_RECORD)."""
        hidden, standing = await self._pen.database.read(store.read_standing, record_id)
        if standing is Standing.UNENFORCED and await self._is_enforced():
            standing = Standing.APPLIED
        return Visibility(hidden=hidden, standing=standing)

    async def summarise(self, pid: str) -> VisibilitySummary:
        """Of all documents of a person."""
        total, hidden, waiting = await self._pen.database.read(store.count_hidden, pid)
        return VisibilitySummary(
            total=total,
            hidden=hidden,
            waiting=waiting,
            enforced=await self._is_enforced(),
            hides_new=await self._pen.database.read(store.hides_new, pid),
        )

    async def choose(self, record_ids: Sequence[str], *, hidden: bool) -> Edited:
        """Hide these documents, or show them; ``Editing.undo`` changes back those that this changed.

        With each go its copies and former versions, which lists do not show. All or none: raises
        Rejected(UNKNOWN_RECORD) for what is no document.
        """
        return await self._pen.write(_choose_folded, record_ids, self._pen.when(), hidden=hidden)

    async def choose_all(self, pid: str, *, hidden: bool) -> Edited:
        """The same of every document of a person."""
        return await self._pen.write(_choose_all, pid, self._pen.when(), hidden=hidden)

    async def choose_new(self, pid: str, *, hidden: bool) -> None:
        """From now on hide what this person adds, or show it."""
        await self._pen.database.write(store.choose_new, pid, hidden=hidden)

    async def _is_enforced(self) -> bool:
        account = await self._syncing.account()
        if account is None:
            return False
        told = await self._pen.database.read(find_capabilities, account.fhir_base)
        return told.enforces_access_control


def _choose_all(con: Connection, pid: str, when: When, *, hidden: bool) -> Edited:
    return _choose(con, store.list_visible(con, pid, hidden=not hidden), when, hidden=hidden)


def _choose_folded(con: Connection, record_ids: Sequence[str], when: When, *, hidden: bool) -> Edited:
    folded = [lid for record_id in record_ids for lid in list_folded(con, record_id)]
    return _choose(con, list(dict.fromkeys([*record_ids, *folded])), when, hidden=hidden)


def _choose(con: Connection, record_ids: Sequence[str], when: When, *, hidden: bool) -> Edited:
    found = store.find_hidden(con, record_ids)
    if not found.keys() >= set(record_ids):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    changed = [record_id for record_id, was in found.items() if was != hidden]
    _label(con, changed, when, hidden=hidden)

    def undo(con: Connection, when: When) -> None:
        """Not of what went, or was changed back, meanwhile."""
        held = [record_id for record_id, now in store.find_hidden(con, changed).items() if now == hidden]
        _label(con, held, when, hidden=not hidden)

    return Edited(changed[0] if len(changed) == 1 else "", undo)


def _label(con: Connection, record_ids: Sequence[str], when: When, *, hidden: bool) -> None:
    for record_id in record_ids:
        stored = get_record(con, record_id)
        body = hide_body(stored.body, hidden=hidden)
        change_record(con, record_id, describe_body(con, stored.row.profile, body), when)
