"""Medicines, current and past."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Treatment(Entry):
    """One medicine taken. ``status`` is the FHIR code (active, completed, stopped, on-hold…)."""

    medicine: Coded
    dosage: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    reason: str | None = None
    status: str = "active"

    @property
    def current(self) -> bool:
        """Whether it is taken today, as far as the record says."""
        return self.status in ("active", "on-hold", "intended")
