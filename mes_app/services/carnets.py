"""The app of one person at one screen, before and around an open vault."""

from dataclasses import dataclass

from mes_app.services.auto_lock import AutoLock
from mes_app.services.demonstration import Demonstration
from mes_app.services.doctor import Doctor
from mes_app.services.emergency_cards import EmergencyCards
from mes_app.services.login import Login
from mes_app.services.settings import Settings
from mes_app.services.vault import Vault


@dataclass(frozen=True)
class Carnets:
    """``server``, ``user``: what to offer at sign-in, empty if none. ``demo``: everything here is a demonstration."""

    vault: Vault
    auto_lock: AutoLock
    emergency: EmergencyCards
    login: Login
    settings: Settings
    demonstration: Demonstration
    doctor: Doctor
    server: str = ""
    user: str = ""
    demo: bool = False
