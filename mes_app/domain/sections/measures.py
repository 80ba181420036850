"""Measures: weight, blood pressure and the others of measure_types."""

from decimal import Decimal

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class Measure(Entry):
    """One measure. ``measure`` is None when it is none of ours; ``title`` its name in the record.

    ``value`` in ``unit`` (UCUM); blood pressure has systolic in ``value`` and diastolic in ``value2``. ``device``: what
    measured it. ``reason``, ``moment`` and ``days`` (how many of them it sums up) are in the words of their author.
    """

    title: str
    measure: MeasureType | None
    date: PartialDate | None = None
    value: Decimal | None = None
    value2: Decimal | None = None
    unit: str = ""
    text: str | None = None
    device: str | None = None
    reason: str | None = None
    moment: str | None = None
    days: str | None = None
