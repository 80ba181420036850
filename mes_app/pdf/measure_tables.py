"""Measures as a table for a spreadsheet: CSV with semicolons and decimal commas, as French spreadsheets write it.

Numbers have the digits they were written with. A cell that a spreadsheet would take for a formula is made words.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from mes_app.domain.cells import disarm
from mes_app.domain.measure_types import CODE_OF_MEASURE
from mes_app.domain.sections.measures import Measure
from mes_app.i18n import find, t
from mes_app.i18n.numbers import write_number

_COLUMNS = ("measure", "code", "date", "value", "value2", "unit", "text", "source", "note")


def begin_table() -> bytes:
    """The names of the columns, in UTF-8 with its mark: what comes before the lines."""
    return codecs.BOM_UTF8 + _write([t(f"measures.columns.{name}") for name in _COLUMNS])


def write_lines(entries: Iterable[Measure]) -> bytes:
    """One line each: dates as the record has them, units in UCUM."""
    return _write(*map(_tell, entries))


def _write(*lines: Iterable[str]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(lines)
    return out.getvalue().encode()


def _tell(entry: Measure) -> Iterator[str]:
    yield disarm((find(f"sections.measures.measure_{entry.measure}") if entry.measure else None) or entry.title)
    yield CODE_OF_MEASURE[entry.measure] if entry.measure else ""
    yield entry.date.text if entry.date else ""
    yield _tell_number(entry.value)
    yield _tell_number(entry.value2)
    yield disarm(entry.unit)
    yield disarm(entry.text or "")
    yield t(f"sections.source.{entry.source}")
    yield disarm(entry.note or "")


def _tell_number(value: Decimal | None) -> str:
    return "" if value is None else write_number(f"{value:f}")
