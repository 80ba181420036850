"""The app of one person at one screen, before and around an open vault."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from mes_app.services.auto_lock import AutoLock
from mes_app.services.demonstration import Demonstration
from mes_app.services.doctor import Doctor
from mes_app.services.emergency_cards import EmergencyCards
from mes_app.services.login import Login
from mes_app.services.settings import Settings
from mes_app.services.vault import Vault


@dataclass(frozen=True)
class Carnets:
    """``server``, ``user``: what to offer at sign-in, empty if none. ``demo``: everything here is a demonstration.

    ``open_temporary``: an empty private folder, gone with its files when it is left, or at the next start.
    """

    vault: Vault
    auto_lock: AutoLock
    emergency: EmergencyCards
    login: Login
    settings: Settings
    demonstration: Demonstration
    doctor: Doctor
    open_temporary: Callable[[], AbstractContextManager[Path]]
    server: str = ""
    user: str = ""
    demo: bool = False
