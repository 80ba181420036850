"""The changes that the server does not have: listed and taken out before a vault goes, and counted beside it.

The count is in clear, for the day when nothing opens the vault any more: a number and a date, nothing of anybody.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec

from mes_app.crypto.durable_files import replace_file
from mes_app.domain.documents import Content
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason
from mes_app.services.pens import Pen
from mes_app.store import outbox
from mes_app.store.database import Connection
from mes_app.store.outbox import Pending, get_pending_body, list_pending, tally_pending

_LONGEST_TALLY = 100


class Operation(StrEnum):
    """What was done to a record."""

    CREATED = "C"
    CHANGED = "U"
    DELETED = "D"


class ChangeState(StrEnum):
    """How far a change is on its way."""

    WAITING = "waiting"
    SENDING = "sending"
    REFUSED = "refused"
    CONFLICT = "conflict"


_STATES = {
    "ready": ChangeState.WAITING,
    "inflight": ChangeState.SENDING,
    "quarantined": ChangeState.REFUSED,
    "conflict": ChangeState.CONFLICT,
}
"""By the word of the store."""


@dataclass(frozen=True, slots=True)
class UnsentChange:
    """One change that the server does not have. ``profile`` is a pid; ``reason``: why it was refused, else None;
    ``told``: the server's own words for it, which may say anything and are to be quoted.

    One in CONFLICT waits for a choice (``Conflicts``), not for the server.
    """

    profile: str
    kind: Kind
    title: str
    operation: Operation
    record_id: str
    state: ChangeState = ChangeState.WAITING
    reason: Reason | None = None
    told: str = ""


class _Tally(msgspec.Struct, frozen=True):
    """``last``: the day of the last of the changes."""

    unsent: Annotated[int, msgspec.Meta(ge=0)]
    last: date | None


class Unsent:
    """The changes that the server does not have. Made by ``open``."""

    def __init__(self, pen: Pen, tally: Path) -> None:
        self._pen = pen
        self._path = tally
        self._told = _read(tally)

    @classmethod
    async def open(cls, pen: Pen, tally: Path) -> "Unsent":
        """Those of an open vault; from now on the file ``tally`` says how many there are."""
        unsent = cls(pen, tally)
        await pen.database.read(unsent._tell, frozenset())
        pen.database.before_commit(unsent._tell)
        return unsent

    async def retry(self, record_id: str) -> None:
        """Send what the server refused of a record once more, as it is."""
        await self._pen.write(outbox.release, record_id, self._pen.now().timestamp())

    async def drop(self, record_id: str) -> None:
        """Give up what was changed of a record: it is again as the server has it, and what was typed is kept aside."""
        await self._pen.write(outbox.drop_changes, record_id, self._pen.when())

    async def export(self, record_id: str = "", *, local: bool = False) -> Content:
        """What they come to, as a FHIR transaction (JSON): each record as last written, once, or its deletion.

        Of one record alone if ``record_id`` says so; ``local`` as ``list``.
        """
        return Content(
            data=await self._pen.database.read(_make_bundle, record_id, local=local),
            content_type="application/fhir+json",
            file_name="modifications.json",
        )

    async def list(self, *, local: bool = False) -> list[UnsentChange]:
        """All of them, in the order they were made; with ``local`` also all of the people whom no server knows.

        Those wait for nothing, but are lost all the same with the vault.
        """
        return [_make_change(pending) for pending in await self._pen.database.read(list_pending, local=local)]

    def _tell(self, con: Connection, _changes: frozenset[Change]) -> None:
        """On the disk before the change it counts: killed in between, it says one too many, until the next opening."""
        tally = _Tally(*tally_pending(con))
        if tally != self._told:
            with replace_file(self._path) as file:
                file.write(msgspec.json.encode(tally))
            self._told = tally


def read_tally(path: Path) -> int | None:
    """How many changes waited when the vault was last written; None where nobody knows. Never raises."""
    tally = _read(path)
    return tally.unsent if tally else None


def _read(path: Path) -> _Tally | None:
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_LONGEST_TALLY), type=_Tally)
    except (OSError, msgspec.MsgspecError):
        return None


def _make_change(pending: Pending) -> UnsentChange:
    return UnsentChange(
        profile=pending.profile,
        kind=pending.kind,
        title=pending.title,
        operation=Operation(pending.op),
        record_id=pending.record_id,
        state=_STATES[pending.state],
        reason=pending.reason,
        told=pending.told,
    )


def _make_bundle(con: Connection, record_id: str, *, local: bool) -> bytes:
    found = list_pending(con, local=local)
    last = {pending.record_id: pending for pending in found if record_id in ("", pending.record_id)}
    entries = [_make_entry(con, pending) for pending in last.values() if _is_news(pending)]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})


def _is_news(pending: Pending) -> bool:
    """Not what was created and deleted here."""
    return pending.rid is not None or pending.op != Operation.DELETED


def _make_entry(con: Connection, pending: Pending) -> dict[str, Any]:
    address = f"{pending.type}/{pending.rid}"
    if pending.op == Operation.DELETED:
        return {"request": {"method": "DELETE", "url": address}}
    request = {"method": "POST", "url": pending.type} if pending.rid is None else {"method": "PUT", "url": address}
    return {
        "fullUrl": f"urn:uuid:{pending.record_id}",
        "resource": msgspec.Raw(get_pending_body(con, pending.record_id)),
        "request": request,
    }
