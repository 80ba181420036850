"""Measures: weight, blood pressure and the others of domain.md §C2b."""

from decimal import Decimal

from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class Measure(Entry):
    """One measure. ``measure`` is the id of domain.md §C2b (weight, bp…) or empty when not ours; ``title`` its name.

    ``value`` in ``unit`` (UCUM); blood pressure has systolic in ``value`` and diastolic in ``value2``.
    """

    measure: str
    title: str
    date: PartialDate | None = None
    value: Decimal | None = None
    value2: Decimal | None = None
    unit: str = ""
    text: str | None = None
