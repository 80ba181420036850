"""Diseases and health subjects, current and past."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Condition(Entry):
    """One disease or health subject. ``status``: active, recurrence, relapse, inactive, remission or resolved."""

    condition: Coded
    since: PartialDate | None = None
    until: PartialDate | None = None
    status: str = "active"

    @property
    def current(self) -> bool:
        """Whether it still matters today."""
        return self.status in ("active", "recurrence", "relapse")
