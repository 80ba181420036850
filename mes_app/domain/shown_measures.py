"""A measure as its person says it: in the unit chosen for it, whatever unit it is stored in.

Only what is shown changes; a record is written in the unit that ``units`` finds for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_types import MeasureType, find_measure
from mes_app.domain.record import Row
from mes_app.domain.sections.measures import Measure
from mes_app.domain.units import choose_unit, convert, find_stored_unit, only_shifts, show_in

Units = Mapping[str, str]
"""The unit chosen for some measures, by their name; the others are shown in that of their scale."""


def show_row(row: Row, units: Units) -> Row:
    """``row``, a measure, in the unit chosen for it; as it is where it has no number or cannot be converted."""
    measure = find_measure(row.category)
    to = choose_unit(measure, units)
    if measure is None or row.value is None or row.unit == to:
        return row
    numbers = [None if value is None else Decimal(str(value)) for value in (row.value, row.value2)]
    unit, shown = _show(measure, row.unit, to, numbers)
    first, second = (None if value is None else float(value) for value in shown)
    return replace(row, value=first, value2=second, unit=unit)


def show_measure(entry: Measure, units: Units) -> Measure:
    """``entry`` in the unit chosen for its measure, or as it is."""
    if entry.measure is None or entry.value is None:
        return entry
    unit, (value, value2) = _show(
        entry.measure, entry.unit, choose_unit(entry.measure, units), [entry.value, entry.value2]
    )
    return entry.model_copy(update={"unit": unit, "value": value, "value2": value2})


def open_measure(entry: Measure, units: Units) -> Measure:
    """``show_measure`` for a form: a number that would be computed is shown as it was written."""
    if entry.measure and only_shifts(entry.unit, choose_unit(entry.measure, units), entry.measure):
        return show_measure(entry, units)
    return entry


def store_measure(entry: Measure) -> Measure:
    """``entry`` in the unit in which it is stored, with every digit that was typed."""
    if entry.measure is None or entry.value is None:
        return entry
    stored = find_stored_unit(entry.measure, entry.unit)
    return open_measure(entry, {entry.measure: stored}) if stored != entry.unit else entry


def show_range(usual: Range, measure: str, unit: str, shown: str) -> Range:
    """``usual``, of a value in ``unit``, for the same value in ``shown``; as it is where it cannot be converted."""
    known = find_measure(measure)
    if known is None or unit == shown:
        return usual
    said = usual.unit or unit
    low, high = (None if bound is None else convert(bound, said, shown, known) for bound in (usual.low, usual.high))
    told = (usual.low is None) == (low is None) and (usual.high is None) == (high is None)
    return replace(usual, low=low, high=high, unit=shown) if told else usual


def _show(measure: MeasureType, unit: str, to: str, numbers: list[Decimal | None]) -> tuple[str, list[Decimal | None]]:
    """All of ``numbers`` in ``to``, or none of them."""
    shown = [None if value is None else show_in(value, unit, to, measure) for value in numbers]
    missing = any(value is not None and found is None for value, found in zip(numbers, shown, strict=True))
    return (unit, numbers) if missing else (to, shown)
