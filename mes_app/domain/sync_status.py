"""What a sync is doing or how it ended: one sealed type that screens and command line match on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mes_app.errors import MesError, Reason


class Phase(StrEnum):
    """The step of a running sync: the second to the fourth are those of each profile."""

    CONNECTING = "connecting"
    SENDING = "sending"
    RECORDS = "records"
    CHECKING = "checking"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Fault:
    """One item of the server that could not be used: its FHIR type and id (empty where it has none) and why."""

    type: str
    rid: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing runs. ``last_success`` is UTC, None before the first sync; ``faults`` are what the last run left out."""

    last_success: datetime | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Running:
    """``done`` of ``total`` (0 while unknown) changes, records, types or contents; ``profile``: the pid they are of."""

    phase: Phase
    profile: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """The last run did not finish: ``error``, or None when the person cancelled it."""

    error: MesError | None
    last_success: datetime | None = None


SyncStatus = Idle | Running | Stopped
