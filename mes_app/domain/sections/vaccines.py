"""Vaccinations received."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Vaccine(Entry):
    """One injection. ``series``: INITIMMUNIZ, BOOSTER or IMMUNIZ (domain.md §A3)."""

    vaccine: Coded
    diseases: tuple[str, ...] = ()
    date: PartialDate | None = None
    dose_number: int | None = None
    series: str | None = None
    lot: str | None = None
    performer: str | None = None
