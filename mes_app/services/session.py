"""What an unlocked vault offers to screens and terminal. Built by bootstrap, closed by the vault."""

from collections.abc import Callable
from dataclasses import dataclass

from mes_app.domain.record import Change
from mes_app.services.agenda import Agenda
from mes_app.services.documents import Documents
from mes_app.services.health import Health
from mes_app.services.profiles import Profiles
from mes_app.services.status import Status
from mes_app.services.syncing import Syncing
from mes_app.services.synthesis import Synthesis

Unsubscribe = Callable[[], None]


@dataclass(frozen=True)
class Session:
    """The services over one open vault. ``temporary``: the demonstration on the device, gone when it is left."""

    profiles: Profiles
    documents: Documents
    health: Health
    agenda: Agenda
    synthesis: Synthesis
    syncing: Syncing
    status: Status
    subscribe: Callable[[Callable[[frozenset[Change]], None]], Unsubscribe]
    temporary: bool = False
