"""The people around: emergency contact, personne de confiance, legal representatives, carers."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded


class Contact(Entry):
    """One person around. ``roles`` carry codes of domain.md §C2 (K personne de confiance, C emergency, MTH…)."""

    name: str
    roles: tuple[Coded, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str | None = None
