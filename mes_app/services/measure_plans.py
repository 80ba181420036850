"""What would become of each measure found in files: new, hard to believe, there already, or faulty.

Slow: to be run on a thread.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

import msgspec

from mes_app.domain.checks import check_entry
from mes_app.domain.folding import fold
from mes_app.domain.imports import Named
from mes_app.domain.measure_columns import is_whole
from mes_app.domain.measure_tables import Fault, Reading, Sheet, make_sheet, read_sheet
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections.measures import Measure
from mes_app.domain.texts import clean_paragraph
from mes_app.domain.values import PartialDate, sort_key
from mes_app.domain.vocabularies import make_coded
from mes_app.errors import MesError, Reason, Rejected
from mes_app.fhir.measure_files import MeasureFile, read_measure_file, read_measures
from mes_app.fhir.people import decode_person
from mes_app.formats.tables import read_table
from mes_app.services.import_files import Picked, Place, Shelf
from mes_app.store.measure_moments import Moment

Report = Callable[[int, int], None]
_READ = frozenset({".csv", ".tsv", ".txt", ".json", ".ndjson"})
"""What is looked at in an archive."""
_START = 20_000
_BETWEEN_REPORTS = 500


@dataclass(frozen=True)
class FoundMeasures:
    """What the files are. ``sheets`` may have something to ask; the tables of an archive that are ``unknown`` are not.

    ``faulty``: the files that cannot be read, and why.
    """

    sheets: tuple[Sheet, ...] = ()
    files: tuple[MeasureFile, ...] = field(default=(), repr=False)
    unknown: tuple[str, ...] = ()
    faulty: tuple[tuple[str, MesError], ...] = ()

    def find_unclear(self) -> int | None:
        """The first sheet of which something has to be asked."""
        return next((rank for rank, sheet in enumerate(self.sheets) if not sheet.is_clear), None)

    def settle(self, rank: int, sheet: Sheet) -> "FoundMeasures":
        """With ``sheet`` as the person says that it is."""
        return replace(self, sheets=tuple(sheet if each == rank else one for each, one in enumerate(self.sheets)))


@dataclass(slots=True)
class MeasureGroup:
    """The readings of one measure: their ranks; the first and the last date, as it sorts and as it is written."""

    ranks: list[int] = field(default_factory=list)
    first: tuple[str, str] = ("", "")
    last: tuple[str, str] = ("", "")

    def add(self, rank: int, date: str) -> None:
        """One more."""
        dated = sort_key(date), date
        self.first, self.last = (min(self.first, dated), max(self.last, dated)) if self.ranks else (dated, dated)
        self.ranks.append(rank)


@dataclass(frozen=True)
class MeasurePlan:
    """What an import would do in the dossier ``pid``: ``readings`` are new, the rest is told.

    ``groups``: those that can be believed, by measure, else by title; ``doubtful``: the ranks of the others.
    ``files``: where the readings of these ranks come from. ``duplicates`` are there already; ``empty`` lines and
    elements tell no measure. ``people``: whom the files name, where that is somebody else.
    """

    pid: str
    found: FoundMeasures
    readings: tuple[Reading, ...] = field(default=(), repr=False)
    groups: Mapping[str, MeasureGroup] = field(default_factory=dict, repr=False)
    doubtful: tuple[int, ...] = ()
    files: Mapping[int, MeasureFile] = field(default_factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()
    duplicates: int = 0
    empty: int = 0
    people: tuple[str, ...] = ()

    def list_sure(self) -> list[int]:
        """The ranks of all that can be believed, in their order."""
        return sorted(rank for group in self.groups.values() for rank in group.ranks)


def find_measures(files: Sequence[Picked]) -> FoundMeasures:
    """Every table and every FHIR file, archives opened. What cannot be opened is told beside the others."""
    found = FoundMeasures()
    with Shelf(files) as shelf:
        for number, picked in enumerate(files):
            try:
                archive = shelf.archive(number)
                entries = [each for each in archive.entries if _is_read(each.path)] if archive else [None]
            except MesError as error:
                found = replace(found, faulty=(*found.faulty, (picked.name, error)))
                continue
            for entry in entries:
                found = _add(found, shelf, Place(number, entry), entry.path if entry else picked.name)
    return found


def make_plan(
    found: FoundMeasures, profile: Profile, known: Sequence[Moment], today: date, report: Report
) -> MeasurePlan:
    """Look at every line once. ``report`` hears how many were looked at, and of all. Raises ValueError if unclear."""
    total = sum(len(sheet.lines) for sheet in found.sheets) + sum(len(file.bodies) for file in found.files)
    sorting = _Sorting({_name_moment(moment) for moment in known})
    for count, (file, said) in enumerate(_read_all(found, holder=profile.holder)):
        if count % _BETWEEN_REPORTS == 0:
            report(min(count, total), total)
        sorting.take(_judge(said, today) if isinstance(said, Reading) else said, file)
    report(total, total)
    people = tuple(dict.fromkeys(name for file in found.files for name in _name_others(file, profile)))
    return MeasurePlan(
        pid=profile.pid,
        found=found,
        readings=tuple(sorting.readings),
        groups=sorting.groups,
        doubtful=tuple(sorting.doubtful),
        files=sorting.files,
        faults=tuple(sorting.faults),
        duplicates=sorting.duplicates,
        empty=sorting.empty,
        people=people,
    )


@dataclass(slots=True)
class _Sorting:
    """What was found so far. ``seen``: the measures that are there, and those found."""

    seen: set[Hashable]
    readings: list[Reading] = field(default_factory=list)
    groups: dict[str, MeasureGroup] = field(default_factory=dict)
    doubtful: list[int] = field(default_factory=list)
    files: dict[int, MeasureFile] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    duplicates: int = 0
    empty: int = 0

    def take(self, judged: Reading | Fault | None, file: MeasureFile | None) -> None:
        if judged is None:
            self.empty += 1
        elif isinstance(judged, Fault):
            self.faults.append(judged)
        elif (key := _name_reading(judged)) in self.seen:
            self.duplicates += 1
        else:
            self.seen.add(key)
            self._keep(judged, file)

    def _keep(self, reading: Reading, file: MeasureFile | None) -> None:
        rank = len(self.readings)
        self.readings.append(reading)
        if file:
            self.files[rank] = file
        if reading.doubt:
            self.doubtful.append(rank)
        else:
            self.groups.setdefault(reading.measure or reading.title, MeasureGroup()).add(rank, reading.date)


def make_measure(reading: Reading, note: str) -> Measure:
    """What ``reading`` says, as a measure, with the comment ``note``."""
    words = make_coded(Kind.MEASURES, "measure", reading.measure).text if reading.measure else ""
    return Measure(
        title=reading.title or words,
        measure=reading.measure,
        date=PartialDate(text=reading.date) if reading.date else None,
        value=reading.value,
        value2=reading.value2,
        unit=reading.unit,
        text=reading.text or None,
        note=note or None,
    )


def _is_read(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in _READ


def _add(found: FoundMeasures, shelf: Shelf, place: Place, name: str) -> FoundMeasures:
    """``found`` with what is at ``place``. Of the tables of an archive only those that are known are asked about."""
    try:
        data = shelf.read(place)
        if data[:_START].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            return replace(found, files=(*found.files, read_measure_file(data)))
        if place.entry and not _is_known(data):
            return replace(found, unknown=(*found.unknown, name))
        return replace(found, sheets=(*found.sheets, make_sheet(name, read_table(data))))
    except MesError as error:
        return replace(found, faulty=(*found.faulty, (name, error)))


def _is_known(data: bytes) -> bool:
    """By its first lines: archives of devices hold long tables of other things."""
    start = data if len(data) < _START else data[:_START].rpartition(b"\n")[0]
    return is_whole(make_sheet("", read_table(start)).layout)


def _read_all(found: FoundMeasures, *, holder: bool) -> Iterator[tuple[MeasureFile | None, Reading | Fault | None]]:
    for sheet in found.sheets:
        for said in read_sheet(sheet):
            yield None, said
    for file in found.files:
        for each in read_measures(file, holder=holder):
            yield file, each


def _judge(reading: Reading, today: date) -> Reading | Fault:
    """The same, in doubt where its number is hard to believe; a fault where it cannot be true."""
    entry = make_measure(reading, clean_paragraph(reading.note))
    try:
        check_entry(Kind.MEASURES, entry, today)
    except Rejected as error:
        if error.reason is not Reason.OUT_OF_RANGE:
            return Fault(reading.line, error.reason, _tell(reading))
        return _judge_confirmed(reading, entry, today)
    return reading


def _judge_confirmed(reading: Reading, entry: Measure, today: date) -> Reading | Fault:
    """What else may be wrong with a number that is hard to believe."""
    try:
        check_entry(Kind.MEASURES, entry, today, confirmed=True)
    except Rejected as error:
        return Fault(reading.line, error.reason, _tell(reading))
    return msgspec.structs.replace(reading, doubt=Reason.OUT_OF_RANGE)


def _tell(reading: Reading) -> str:
    return " / ".join(f"{value:f}" for value in (reading.value, reading.value2) if value is not None) or reading.date


def _name_reading(reading: Reading) -> Hashable:
    values = [None if value is None else float(value) for value in (reading.value, reading.value2)]
    named = reading.measure or fold(reading.title)
    return named, sort_key(reading.date), *values, reading.unit, "" if reading.value is not None else fold(reading.text)


def _name_moment(moment: Moment) -> Hashable:
    category, title, date_key, value, value2, unit, words = moment
    return category or fold(title), date_key, value, value2, unit, "" if value is not None else fold(words)


def _name_others(file: MeasureFile, profile: Profile) -> Iterator[str]:
    for body in file.patients:
        person = decode_person(body)
        if Named(person.name, person.birth).differs(Named(profile.name, profile.birth)):
            yield person.name or "?"
