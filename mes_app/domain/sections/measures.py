"""Measures: weight, blood pressure and the others of measure_types."""

from decimal import Decimal

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Entry
from mes_app.domain.values import PartialDate


class Measure(Entry):
    """One measure. ``measure`` is None when it is none of ours; ``title`` its name in the record.

    ``value`` in ``unit`` (UCUM); blood pressure has systolic in ``value`` and diastolic in ``value2``.
    """

    title: str
    measure: MeasureType | None
    date: PartialDate | None = None
    value: Decimal | None = None
    value2: Decimal | None = None
    unit: str = ""
    text: str | None = None
