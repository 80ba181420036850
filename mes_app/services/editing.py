"""Write in the record: each change is checked, encoded, and on the disk before anything says « enregistré »."""

import json
from collections.abc import Mapping
from datetime import date

from mes_app.domain.checks import check_entry, concerns, may_delete, may_edit
from mes_app.domain.links import AS_LINKED, Relinking
from mes_app.domain.others import NothingDeclared
from mes_app.domain.record import Entry, Kind, Row
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.values import PartialDate
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.codec import can_encode
from mes_app.services.decoding import decode_stored, is_named, list_noted, list_team
from mes_app.services.encoding import describe_body, encode_entry, encode_new
from mes_app.services.link_writing import relink_record
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited, join_edits
from mes_app.store import drafts, records
from mes_app.store.database import Connection
from mes_app.store.edits import When, change_record, create_record, delete_record, restore_record
from mes_app.store.places import find_sealed, save_place
from mes_app.store.profiles import get_profile


class Editing:
    """Adds, changes and removes records of one person at a time."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(
        self, pid: str, entry: Entry, kind: Kind, *, confirmed: bool = False, relinking: Relinking = AS_LINKED
    ) -> Edited:
        """A new record, linked as ``relinking`` says; what was declared of an empty section no longer holds.

        Raises Rejected as ``check_entry``: OUT_OF_RANGE passes once the person ``confirmed`` it; as ``link_records``;
        NotAllowed(FOR_ADULTS).
        """
        check_entry(kind, entry, self._today(), confirmed=confirmed)
        return await self._pen.write(_add_new, pid, kind, entry, self._pen.when(), relinking=relinking)

    async def change(
        self, record_id: str, entry: Entry, *, confirmed: bool = False, relinking: Relinking = AS_LINKED
    ) -> Edited:
        """The record becomes ``entry``, its links as ``relinking`` says.

        Raises as ``add``, and NotAllowed(NOT_YOURS), Rejected(UNKNOWN_RECORD).
        """
        kind, former = await self._pen.database.read(_read_former, record_id)
        check_entry(kind, entry, self._today(), confirmed=confirmed, former=former)
        return await self._pen.write(_change_linked, record_id, entry, self._pen.when(), relinking=relinking)

    async def delete(self, record_id: str) -> Edited:
        """The record goes from here at once. Raises NotAllowed(NOT_YOURS), Rejected(UNKNOWN_RECORD)."""
        return await self._pen.write(delete_own, record_id, self._pen.when())

    async def undo(self, edited: Edited) -> None:
        """As it was before ``edited``, whether that was sent or not."""
        for part in reversed(edited.parts or (edited,)):
            await self._pen.write(part.undo, self._pen.when())

    async def declare_nothing(self, pid: str, kind: Kind) -> Edited:
        """« Je n'ai pas de … » said of a whole section, today. Raises NotAllowed: NOT_EMPTY, FOR_ADULTS."""
        statement = NothingDeclared(section=kind, date=PartialDate(text=self._today().isoformat()))
        return await self._pen.write(_declare, pid, statement, self._pen.when())

    async def statements(self, pid: str, kind: Kind) -> list[Row]:
        """The person's own « Je n'ai pas de … » of a section: they may be withdrawn, as any record is deleted."""
        return await self._pen.database.read(list_statements, pid, kind)

    async def why_read_only(self, record_id: str) -> Reason | None:
        """Why this record cannot be changed here; None when it can. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._pen.database.read(_judge, record_id)

    async def save_draft(self, pid: str, form: str, values: Mapping[str, str]) -> None:
        """Keep what is being typed in ``form``, until it is saved or given up."""
        await self._pen.database.write(drafts.save_draft, pid, form, json.dumps(dict(values)))

    async def read_draft(self, pid: str, form: str) -> dict[str, str] | None:
        """What was being typed in ``form``; None where nothing was."""
        kept = await self._pen.database.read(drafts.get_draft, pid, form)
        return None if kept is None else dict(json.loads(kept))

    async def drop_draft(self, pid: str, form: str) -> None:
        """Forget it."""
        await self._pen.database.write(drafts.drop_draft, pid, form)

    def _today(self) -> date:
        return self._pen.now().astimezone().date()


def _add_new(con: Connection, pid: str, kind: Kind, entry: Entry, when: When, *, relinking: Relinking) -> Edited:
    _require_concerned(con, pid, kind, when)
    edited = _keep_one_regular(con, pid, entry, add_own(con, pid, kind, entry, when), when)
    return relink_record(con, edited, relinking, when)


def _require_concerned(con: Connection, pid: str, kind: Kind, when: When) -> None:
    if not concerns(kind, get_profile(con, pid), when.at.astimezone().date()):
        raise NotAllowed(Reason.FOR_ADULTS)


def _change_linked(con: Connection, record_id: str, entry: Entry, when: When, *, relinking: Relinking) -> Edited:
    return relink_record(con, change_own(con, record_id, entry, when), relinking, when)


def _keep_one_regular(con: Connection, pid: str, entry: Entry, edited: Edited, when: When) -> Edited:
    """Who was noted as médecin traitant before ``entry`` no longer is; both are undone together."""
    if not isinstance(entry, Professional) or not entry.regular:
        return edited
    former = [one for one in list_noted(con, pid) if one.regular and one.id != edited.record_id]
    changed = [_change(con, one.id, one.model_copy(update={"regular": False}), when) for one in former]
    return join_edits([*changed, edited])


def add_own(con: Connection, pid: str, kind: Kind, entry: Entry, when: When) -> Edited:
    """A new record, which is the person's own; what was declared of an empty section goes."""
    record_id = create_record(con, pid, encode_new(con, pid, kind, entry, when), when)
    denied = [delete_record(con, row.id, when) for row in list_statements(con, pid, kind)]

    def undo(con: Connection, when: When) -> None:
        delete_record(con, record_id, when)
        for statement in denied:
            restore_record(con, statement, when)

    return Edited(record_id, undo)


def _read_former(con: Connection, record_id: str) -> tuple[Kind, Entry]:
    stored = records.get_record(con, record_id)
    return stored.row.kind, decode_stored(con, stored)


def change_own(con: Connection, record_id: str, entry: Entry, when: When) -> Edited:
    """The record, which is the person's own, becomes ``entry``. Raises NotAllowed(NOT_YOURS), Rejected."""
    if reason := _judge(con, record_id):
        raise NotAllowed(reason)
    profile = records.get_record(con, record_id).row.profile
    return _keep_one_regular(con, profile, entry, _change(con, record_id, entry, when), when)


def _change(con: Connection, record_id: str, entry: Entry, when: When) -> Edited:
    stored = records.get_record(con, record_id)
    pid = stored.row.profile
    former = change_record(con, record_id, encode_entry(con, pid, stored.row.kind, entry, stored.body), when)
    return Edited(record_id, lambda con, when: change_record(con, record_id, describe_body(con, pid, former), when))


def delete_own(con: Connection, record_id: str, when: When) -> Edited:
    """The record, which is the person's own, goes. Raises NotAllowed(NOT_YOURS), Rejected(UNKNOWN_RECORD)."""
    _require_own(con, record_id)
    content = find_sealed(con, record_id)
    deleted = delete_record(con, record_id, when)

    def undo(con: Connection, when: When) -> None:
        restored = restore_record(con, deleted, when)
        if content and find_sealed(con, restored) is None:  # what was never sent took its content with it
            save_place(con, restored, *content)

    return Edited(record_id, undo)


def _declare(con: Connection, pid: str, statement: NothingDeclared, when: When) -> Edited:
    _require_concerned(con, pid, statement.section, when)
    counted = records.count_by_kind(con, pid).get(statement.section)
    if counted or (statement.section is Kind.PROFESSIONALS and list_team(con, pid)):
        raise NotAllowed(Reason.NOT_EMPTY)
    said = list_statements(con, pid, statement.section)
    if said:
        return _change(con, said[0].id, statement, when)
    return add_own(con, pid, Kind.NOTHING_DECLARED, statement, when)


def list_statements(con: Connection, pid: str, kind: Kind) -> list[Row]:
    """The person's own « Je n'ai pas de … » of a section."""
    said = records.list_rows(con, pid, Kind.NOTHING_DECLARED, category=kind)
    return [row for row in said if may_edit(row.kind, row.source)]


def _judge(con: Connection, record_id: str) -> Reason | None:
    if is_named(record_id):
        return Reason.NOT_YOURS
    stored = records.get_record(con, record_id)
    mine = may_edit(stored.row.kind, stored.row.source) and can_encode(stored.row.kind, stored.body)
    return None if mine else Reason.NOT_YOURS


def _require_own(con: Connection, record_id: str) -> None:
    row = records.get_record(con, record_id).row
    if not may_delete(row.kind, row.source):
        raise NotAllowed(Reason.NOT_YOURS)
