"""Measures as a table for a spreadsheet: CSV with semicolons and decimal commas, as French spreadsheets write it.

Numbers have the digits they were written with. A cell that a spreadsheet would take for a formula is made words.
"""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from mes_app.domain.measure_types import CODE_OF_MEASURE
from mes_app.domain.sections.measures import Measure
from mes_app.i18n import find, t
from mes_app.i18n.numbers import write_number

_COLUMNS = ("measure", "code", "date", "value", "value2", "unit", "text", "source", "note")
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def write_measures(entries: Iterable[Measure]) -> bytes:
    """One line each under a header, in UTF-8 with its mark: dates as the record has them, units in UCUM."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(t(f"measures.columns.{name}") for name in _COLUMNS)
    writer.writerows(_tell(entry) for entry in entries)
    return out.getvalue().encode("utf-8-sig")


def _tell(entry: Measure) -> Iterator[str]:
    yield _disarm((find(f"sections.measures.measure_{entry.measure}") if entry.measure else None) or entry.title)
    yield CODE_OF_MEASURE[entry.measure] if entry.measure else ""
    yield entry.date.text if entry.date else ""
    yield _tell_number(entry.value)
    yield _tell_number(entry.value2)
    yield _disarm(entry.unit)
    yield _disarm(entry.text or "")
    yield t(f"sections.source.{entry.source}")
    yield _disarm(entry.note or "")


def _tell_number(value: Decimal | None) -> str:
    return "" if value is None else write_number(f"{value:f}")


def _disarm(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULAS) else words
