"""Vaccinations received."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Series(StrEnum):
    """The kind of injection, by the codes of Mon espace santé."""

    FIRST = "INITIMMUNIZ"
    BOOSTER = "BOOSTER"
    SINGLE = "IMMUNIZ"


class Vaccine(Entry):
    """One injection received. ``product``: the CIP13 of its box, else another GTIN."""

    vaccine: Coded
    diseases: tuple[str, ...] = ()
    date: PartialDate | None = None
    dose_number: int | None = None
    series: Series | None = None
    product: str | None = None
    lot: str | None = None
    expires: PartialDate | None = None
    performer: str | None = None
