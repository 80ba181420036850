"""Tables of measures, line by line, into measures: each line is read, or its fault told with its number. No words here.

What is not written is not guessed, but for two things that the whole column tells: the order of its dates, and a unit
in which alone its numbers are believable. Lines and readings come by the hundred thousand: they are kept out of the
rounds of the garbage collector, for each of which the whole process stands still.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from itertools import islice

import msgspec

from mes_app.domain.cells import arm
from mes_app.domain.measure_columns import NUMBERS, Column, Layout, Role, is_french, is_whole, keeps_units, recognise
from mes_app.domain.measure_types import MEASURE_OF_CODE, SCALES, MeasureType
from mes_app.domain.texts import clean_line
from mes_app.domain.units import convert, find_stored_unit, list_units
from mes_app.domain.written_moments import DateOrder, find_order, read_written
from mes_app.domain.written_numbers import KNOWN_UNITS, is_there, read_number, read_pair, read_unit
from mes_app.errors import Reason

HEADER_LINES = 30
"""Lines among which the names of the columns are looked for: devices tell of themselves first."""
LONGEST_LINE, LONGEST_UNIT = 300, 40
"""Characters of the name of a measure or of an answer in words, and of a unit."""
_LOOKED_AT = 2_000
"""Numbers of a column by which its unit is judged."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of a table: its number in the file, and its cells."""

    number: int
    cells: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One measure of a file, with the numbers of its line. ``origin``: who measured, as the file says.

    ``body``: all of it as FHIR, where the file has it so. ``doubt``: it is hard to believe.
    """

    line: int
    measure: MeasureType | None
    title: str = ""
    date: str = ""
    value: Decimal | None = None
    value2: Decimal | None = None
    unit: str = ""
    text: str = ""
    note: str = ""
    origin: str = ""
    body: bytes = b""
    doubt: Reason | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be read: what of it, a column or a whole line, and why."""

    line: int
    reason: Reason
    told: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its ``name``, the names of its columns (empty where it has none), the lines under them.

    ``layout`` and ``order`` as found, or as the person says. ``order`` is None where the dates can be read in two ways.
    """

    name: str
    header: tuple[str, ...]
    lines: Sequence[Line] = field(repr=False)
    layout: Layout
    order: DateOrder | None = None

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.layout)

    def list_unsaid(self) -> list[int]:
        """The columns of numbers whose unit nothing tells."""
        if any(column.role is Role.UNIT for column in self.layout):
            return []
        return [rank for rank, column in enumerate(self.layout) if _has_no_unit(column)]

    @property
    def is_clear(self) -> bool:
        """Whether nothing has to be asked."""
        return is_whole(self.layout) and self.order is not None and not self.list_unsaid()


def make_sheet(name: str, lines: Sequence[Line]) -> Sheet:
    """The table of ``lines``: with the names of its columns where one of the first lines has names that are known."""
    rank = next((rank for rank, line in enumerate(lines[:HEADER_LINES]) if is_whole(recognise(line.cells))), None)
    if rank is None:
        rank = _find_names(lines[:HEADER_LINES])
    header = lines[rank].cells if rank is not None else ()
    body = lines[rank + 1 :] if rank is not None else lines
    width = max((len(line.cells) for line in (*body[:HEADER_LINES], *lines[:1])), default=0)
    layout = recognise(header) + (Column(),) * (width - len(header))
    return lay_out(Sheet(name, header, body, layout), layout)


def lay_out(sheet: Sheet, layout: Layout) -> Sheet:
    """``sheet`` with these columns, the units and the order of its dates found where they can only be one."""
    guessed = tuple(_guess_unit(sheet, rank, column) for rank, column in enumerate(layout))
    day = next((rank for rank, column in enumerate(guessed) if column.role is Role.DATE), None)
    order = find_order(list_cells(sheet.lines, day)) if day is not None else None
    return replace(sheet, layout=guessed, order=order)


def read_sheet(sheet: Sheet) -> Iterator[Reading | Fault | None]:
    """What each line says, in their order; None once for a line that has no measure.

    Raises ValueError for a sheet that is not clear.
    """
    if sheet.order is None or not sheet.is_clear:
        raise ValueError("what its columns are has to be asked first")
    for line in sheet.lines:
        yield from _read_line(sheet, line, sheet.order)


def _has_no_unit(column: Column) -> bool:
    return column.role is Role.VALUE and column.measure is not None and not column.unit


def _find_names(lines: Sequence[Line]) -> int | None:
    """The first line as wide as the most, if it has words alone."""
    widths = Counter(len(line.cells) for line in lines)
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    for rank, line in enumerate(lines):
        if len(line.cells) == usual:
            return None if any(read_number(cell) for cell in line.cells) else rank
    return None


def list_cells(lines: Iterable[Line], rank: int) -> Iterator[str]:
    """What the column of that rank says, line by line, where it says anything."""
    return (line.cells[rank].strip() for line in lines if rank < len(line.cells) and line.cells[rank].strip())


def _guess_unit(sheet: Sheet, rank: int, column: Column) -> Column:
    """Of a column of numbers without a unit: the only one in which most of them are believable."""
    if column.measure is None or not _has_no_unit(column):
        return column
    if said := _read_said_unit(next(list_cells(sheet.lines, rank), "")):
        return replace(column, unit=said)
    units = _list_candidates(sheet.header[rank] if rank < len(sheet.header) else "", column.measure)
    numbers = [number for cell in islice(list_cells(sheet.lines, rank), _LOOKED_AT) if (number := _read_first(cell))]
    likely = [unit for unit in units if _is_likely(numbers, unit, column.measure)]
    found = units if len(units) == 1 else likely
    return replace(column, unit=found[0]) if len(found) == 1 else column


def list_possible_units(measure: MeasureType) -> tuple[str, ...]:
    """The units in which a file may say ``measure``, in UCUM, those that are said in France first."""
    others = (unit for unit in KNOWN_UNITS if convert(Decimal(1), unit, unit, measure) is not None)
    return tuple(dict.fromkeys((*list_units(measure), *others)))


def _list_candidates(name: str, measure: MeasureType) -> tuple[str, ...]:
    """In which units the numbers of a column may be: under a French name, those in which one says them in France."""
    return list_units(measure) if is_french(name) else list_possible_units(measure)


def _read_said_unit(cell: str) -> str:
    """The unit written beside the number of a cell; the other cells may say another."""
    found = read_number(cell)
    return read_unit(found[1]) if found and found[1] else ""


def _read_first(cell: str) -> Decimal | None:
    found = read_pair(cell) or read_number(cell)
    return found[0] if found else None


def _is_likely(numbers: Sequence[Decimal], unit: str, measure: MeasureType) -> bool:
    scale = SCALES.get(measure)
    if scale is None or not numbers:
        return False
    shown = [convert(number, unit, scale.unit, measure) for number in numbers]
    return 2 * sum(1 for number in shown if number is not None and scale.holds(number)) > len(numbers)


def _read_line(sheet: Sheet, line: Line, order: DateOrder) -> Iterator[Reading | Fault | None]:
    pairs = [(column, cell.strip()) for column, cell in zip(sheet.layout, line.cells, strict=False)]
    exact = keeps_units(sheet.layout)
    words = [(column, cell) for column, cell in reversed(pairs) if column.role not in NUMBERS]
    told = {column.role: cell for column, cell in words if exact or is_there(cell)}
    values = [(column, cell) for column, cell in pairs if column.role is Role.VALUE and is_there(cell)]
    if not values and not told.get(Role.TEXT):
        yield None
        return
    day = told.get(Role.DATE, "")
    date = read_written(day, told.get(Role.TIME, ""), order) if day else ""
    if date is None or not (day or exact):
        yield Fault(line.number, Reason.NOT_A_DATE, clean_line(f"{day} {told.get(Role.TIME, '')}"))
        return
    seconds = {column.measure: cell for column, cell in pairs if column.role is Role.DIASTOLIC and is_there(cell)}
    for column, cell in values or [(Column(Role.VALUE), "")]:
        yield _read_value(sheet, _Cells(line.number, date, told, cell, seconds.get(column.measure, "")), column)


@dataclass(frozen=True, slots=True)
class _Cells:
    """What one line says of one measure."""

    line: int
    date: str
    told: dict[Role, str]
    one: str
    two: str

    def fault(self, reason: Reason, told: str = "") -> Fault:
        """Why it cannot be read."""
        return Fault(self.line, reason, clean_line(told or " / ".join(filter(None, (self.one, self.two)))))


def _read_value(sheet: Sheet, cells: _Cells, column: Column) -> Reading | Fault:
    measure, title = _name_measure(column, cells.told)
    if measure is None and not title:
        return cells.fault(Reason.NOT_A_CHOICE, cells.told.get(Role.NAME, ""))
    numbers = _read_numbers(cells, measure)
    if numbers is None:
        return cells.fault(Reason.NOT_A_NUMBER)
    values, said = numbers
    if measure is MeasureType.BLOOD_PRESSURE and len(values) == 1:
        return cells.fault(Reason.MISSING)
    unit, text = arm(clean_line(cells.told.get(Role.UNIT, ""))), arm(clean_line(cells.told.get(Role.TEXT, "")))
    if max(len(title), len(text)) > LONGEST_LINE or len(unit) > LONGEST_UNIT:
        return cells.fault(Reason.TOO_LONG, title[:LONGEST_UNIT])
    if measure and values and not keeps_units(sheet.layout):
        unit = read_unit(said or unit) or ("" if said or unit else column.unit)
        if not (stored := _find_stored(measure, unit)):
            return cells.fault(Reason.NOT_A_CHOICE)
        if stored != unit:
            values, unit = [convert(value, unit, stored, measure) or value for value in values], stored
    return Reading(
        line=cells.line,
        measure=measure,
        title=title,
        date=cells.date,
        value=values[0] if values else None,
        value2=values[1] if len(values) > 1 else None,
        unit=unit if values else "",
        text="" if values else text,
        note=arm(cells.told.get(Role.NOTE, "")),
        origin=clean_line(cells.told.get(Role.ORIGIN, "")),
    )


@cache
def _find_stored(measure: MeasureType, unit: str) -> str:
    """In which unit a number in ``unit`` is kept; empty where that is no unit of ``measure``."""
    return find_stored_unit(measure, unit) if convert(Decimal(1), unit, unit, measure) is not None else ""


def _read_numbers(cells: _Cells, measure: MeasureType | None) -> tuple[list[Decimal], str] | None:
    """The numbers of a line, and the unit written beside them; None where one of them is no number."""
    if measure is MeasureType.BLOOD_PRESSURE and not cells.two and (pair := read_pair(cells.one)):
        return [pair[0], pair[1]], pair[2]
    scale = SCALES.get(measure) if measure else None
    said = (cells.one, cells.two) if measure is MeasureType.BLOOD_PRESSURE else (cells.one,)
    found = [read_number(cell, whole=bool(scale and scale.whole)) for cell in said if cell]
    read = [number for number in found if number]
    return ([value for value, _ in read], read[0][1] if read else "") if len(read) == len(found) else None


def _name_measure(column: Column, told: dict[Role, str]) -> tuple[MeasureType | None, str]:
    """Which measure, and its name in the table: by its column, its code, or its name."""
    title = arm(clean_line(told.get(Role.NAME, "")))
    if column.measure:
        return column.measure, ""
    if measure := MEASURE_OF_CODE.get(told.get(Role.CODE, "")):
        return measure, title
    named = recognise([title])[0]
    return (named.measure if named.role is Role.VALUE else None), title
