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
from mes_app.store.database import Connection, Database
from mes_app.store.outbox import Pending, get_pending_body, list_pending, tally_pending

_LONGEST_TALLY = 100


class Operation(StrEnum):
    """What was done to a record."""

    CREATED = "C"
    CHANGED = "U"
    DELETED = "D"


@dataclass(frozen=True, slots=True)
class UnsentChange:
    """One change that the server does not have. ``profile`` is a pid."""

    profile: str
    kind: Kind
    title: str
    operation: Operation


class _Tally(msgspec.Struct, frozen=True):
    """``last``: the day of the last of the changes."""

    unsent: Annotated[int, msgspec.Meta(ge=0)]
    last: date | None


class Unsent:
    """The changes that the server does not have. Made by ``open``."""

    def __init__(self, database: Database, tally: Path) -> None:
        self._database = database
        self._path = tally
        self._told = _read(tally)

    @classmethod
    async def open(cls, database: Database, tally: Path) -> "Unsent":
        """Those of an open vault; from now on the file ``tally`` says how many there are."""
        unsent = cls(database, tally)
        await database.read(unsent._tell, frozenset())
        database.before_commit(unsent._tell)
        return unsent

    async def list(self) -> list[UnsentChange]:
        """All of them, in the order they were made."""
        return [
            UnsentChange(pending.profile, pending.kind, pending.title, Operation(pending.op))
            for pending in await self._database.read(list_pending)
        ]

    async def export(self) -> Content:
        """What they come to, as a FHIR transaction (JSON): each record as last written, once, or its deletion."""
        return Content(
            data=await self._database.read(_make_bundle),
            content_type="application/fhir+json",
            file_name="modifications.json",
        )

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


def _make_bundle(con: Connection) -> bytes:
    last = {pending.record_id: pending for pending in list_pending(con)}
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
