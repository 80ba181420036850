"""Diseases in the family."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded


class FamilyHistory(Entry):
    """What one relative had. ``relation`` carries the v3-RoleCode (MTH, FTH, SIB…)."""

    relation: Coded
    conditions: tuple[str, ...] = ()
    onset: str | None = None
    deceased: bool = False
