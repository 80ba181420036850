"""Report an error in what somebody else wrote: a note of one's own beside it, which nobody is told of."""

from dataclasses import dataclass

from mes_app.domain.checks import may_edit
from mes_app.domain.links import OPENED
from mes_app.domain.record import Kind, Row
from mes_app.domain.remarks import Remark, read_remark
from mes_app.domain.values import PARIS, PartialDate
from mes_app.errors import NotAllowed, Reason
from mes_app.services.decoding import decode_record, decode_stored
from mes_app.services.editing import add_own, change_own
from mes_app.services.pens import Pen
from mes_app.services.undoing import Edited
from mes_app.store.database import Connection
from mes_app.store.edits import When
from mes_app.store.links import list_behind
from mes_app.store.records import get_record


@dataclass(frozen=True, slots=True)
class Reported:
    """What was reported of one record, the newest first. ``open``: the person may, as they cannot correct it."""

    remarks: tuple[Remark, ...] = ()
    open: bool = False


class Remarks:
    """The errors reported of one record at a time. One is removed as any record of one's own is."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def read(self, record_id: str) -> Reported:
        """Those of one record. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._pen.database.read(_read, record_id)

    async def report(self, record_id: str, text: str) -> Edited:
        """A new one. Raises Rejected as ``read_remark`` and UNKNOWN_RECORD, NotAllowed(NOT_YOURS) of what is one's own
        to correct.
        """
        return await self._pen.write(_report, record_id, read_remark(text), self._pen.when())

    async def change(self, remark_id: str, text: str) -> Edited:
        """In other words. Raises as ``report``."""
        return await self._pen.write(_change, remark_id, read_remark(text), self._pen.when())


def list_remarks(con: Connection, row: Row) -> list[Remark]:
    """Those of one record, the newest first."""
    found = [get_record(con, one.id) for one in list_behind(con, row) if one.kind is Kind.REMARKS]
    return [entry for entry in (decode_stored(con, stored) for stored in found) if isinstance(entry, Remark)]


def _read(con: Connection, record_id: str) -> Reported:
    row = get_record(con, record_id).row
    return Reported(tuple(list_remarks(con, row)), _may_report(row))


def _may_report(row: Row) -> bool:
    return row.kind in OPENED and not may_edit(row.kind, row.source)


def _report(con: Connection, record_id: str, text: str, when: When) -> Edited:
    row = get_record(con, record_id).row
    if not _may_report(row):
        raise NotAllowed(Reason.NOT_YOURS)
    remark = Remark(about=f"urn:uuid:{row.id}", text=text, date=_tell_moment(when))
    return add_own(con, row.profile, Kind.REMARKS, remark, when)


def _change(con: Connection, remark_id: str, text: str, when: When) -> Edited:
    entry = decode_record(con, remark_id)
    return change_own(con, remark_id, entry.model_copy(update={"text": text, "date": _tell_moment(when)}), when)


def _tell_moment(when: When) -> PartialDate:
    return PartialDate(text=when.at.astimezone(PARIS).isoformat(timespec="seconds"))
