"""What the columns of a table of measures are, by their names as devices, apps and our own export give them.

The names are in a data file, ours: each was read in a real export or is the plain word. What is none of them is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.folding import fold
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.written_numbers import read_unit


class Role(StrEnum):
    """What a column says of a line. VALUE may name its measure, and holds the systolic of a blood pressure.

    ORIGIN says who measured; NAME, CODE and UNIT are for lines that each tell which measure they are.
    """

    IGNORED = "ignored"
    DATE = "date"
    TIME = "time"
    VALUE = "value"
    DIASTOLIC = "diastolic"
    NAME = "name"
    CODE = "code"
    UNIT = "unit"
    TEXT = "text"
    ORIGIN = "origin"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``measure`` is None where each line tells it; ``unit`` (UCUM) is empty where nothing says it."""

    role: Role = Role.IGNORED
    measure: MeasureType | None = None
    unit: str = ""


Layout = tuple[Column, ...]

NUMBERS = (Role.VALUE, Role.DIASTOLIC)
_ONCE = frozenset(Role) - {Role.IGNORED, Role.VALUE, Role.DIASTOLIC}
"""Of two columns that could be it, the first is."""

_IN_BRACKETS = re.compile(r"(?P<name>[^(\[]+?)\s*[(\[](?P<unit>.*?)[)\]]*\s*")
_TRAILING = re.compile(r"(?P<name>.+?)[ _-](?P<unit>[^ _]+)")
_GAPS = re.compile(r"[\s_]+")


def recognise(names: Sequence[str]) -> Layout:
    """What each column is, by its name; IGNORED where it is not known, or was the same before."""
    found: list[Column] = []
    for name in names:
        column = _recognise(name)
        again = column.role in _ONCE and any(column.role is other.role for other in found)
        found.append(Column() if again else column)
    return tuple(found)


def is_whole(layout: Layout) -> bool:
    """Whether a table so laid out can be read: there are dates and numbers, and what each number measures is told."""
    roles = {column.role for column in layout}
    told = Role.CODE in roles or Role.NAME in roles
    values = [column for column in layout if column.role is Role.VALUE]
    return Role.DATE in roles and bool(values) and all(column.measure or told for column in values)


def keeps_units(layout: Layout) -> bool:
    """Whether it is a table of ours: each line has a LOINC code and a unit in UCUM, kept as it is."""
    roles = {column.role for column in layout}
    return {Role.CODE, Role.UNIT} <= roles


def is_french(name: str) -> bool:
    """Whether the name of a column is a French one: other countries weigh in other units without saying so."""
    return _fold(name) in _french()


def _fold(name: str) -> str:
    return _GAPS.sub(" ", fold(name)).strip()


def _recognise(name: str) -> Column:
    plain = _fold(name)
    if plain in _names():
        return _names()[plain]
    for shape in (_IN_BRACKETS, _TRAILING):
        found = shape.fullmatch(plain)
        if found and (column := _names().get(found["name"].strip())):
            unit = read_unit(found["unit"])
            if column.role not in NUMBERS and shape is _IN_BRACKETS:
                return column
            if column.role in NUMBERS and unit:
                return Column(column.role, column.measure, unit)
    return Column()


@cache
def _names() -> dict[str, Column]:
    return {
        row["name"]: Column(Role(row["role"]), MeasureType(row["measure"]) if row["measure"] else None)
        for row in read_rows("measure_columns")
    }


@cache
def _french() -> frozenset[str]:
    return frozenset(row["name"] for row in read_rows("measure_columns") if row["language"])
