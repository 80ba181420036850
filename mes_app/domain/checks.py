"""What may be written: rules on a whole entry, told at the field that breaks them. Nothing here is medical advice."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from mes_app.domain.booklets import is_minor
from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.inputs import WRITABLE, InputKind, list_inputs
from mes_app.domain.measure_types import DIASTOLIC_SCALE, SCALES, MeasureType, Scale
from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.sections.conditions import Condition
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.pregnancies import Basis, Pregnancy
from mes_app.domain.sections.treatments import Treatment
from mes_app.domain.units import convert
from mes_app.domain.values import Coded, PartialDate
from mes_app.errors import Reason, Rejected

LINE_LIMIT = 300
TEXT_LIMIT = 3_000
LIST_LIMIT = 100

_OWN = WRITABLE | {Kind.DOCUMENTS, Kind.NOTHING_DECLARED, Kind.REMARKS}
_AHEAD = frozenset({Kind.TREATMENTS, Kind.APPOINTMENTS})
"""Kinds that may speak of what is to come."""
_TO_COME = ("expires", "day")
"""Fields that may: the day of a pregnancy may be that of the birth to come."""
_SPANS = (("since", "until"), ("date", "until"), ("start", "end"))


def check_entry(kind: Kind, entry: Entry, today: date, *, confirmed: bool = False, former: Entry | None = None) -> None:
    """Refuse an entry that cannot be true: Rejected(field, reason).

    TOO_LONG, IN_THE_FUTURE, BEFORE_START, CONTRADICTORY, DIASTOLIC_ABOVE, NOT_WHOLE and NOT_A_POSTCODE always;
    OUT_OF_RANGE (a number hard to believe) only until the person has ``confirmed`` it. What ``former`` says already
    may be as long as another app wrote it.
    """
    _check_lengths(kind, entry, former)
    _check_dates(kind, entry, today)
    if isinstance(entry, Condition | Treatment) and entry.current and _is_over(entry, today):
        raise Rejected("status", Reason.CONTRADICTORY)
    if isinstance(entry, Pregnancy):
        _check_pregnancy(entry, today)
    if isinstance(entry, Measure):
        _check_measure(entry, confirmed=confirmed)
    if isinstance(entry, ContactDetails) and entry.postcode and not _is_postcode(entry):
        raise Rejected("postcode", Reason.NOT_A_POSTCODE)


def concerns(kind: Kind, profile: Profile, today: date) -> bool:
    """Whether a section is for somebody of that age: wishes are for adults."""
    return kind is not Kind.WISHES or not is_minor(profile, today)


def may_edit(kind: Kind, source: Source) -> bool:
    """Whether the person may change it: what they or a relative wrote, of a kind that they may write.

    How one is reached is one's own to say, whoever wrote it first.
    """
    return kind is Kind.PEOPLE or (kind in _OWN and source in (Source.SELF, Source.RELATIVE))


def may_delete(kind: Kind, source: Source) -> bool:
    """Whether the person may delete it."""
    return kind is not Kind.PEOPLE and may_edit(kind, source)


def _check_lengths(kind: Kind, entry: Entry, former: Entry | None) -> None:
    for name, limit in _list_limits(kind):
        if former and getattr(entry, name) == getattr(former, name):
            continue
        texts = list(_list_texts(getattr(entry, name)))
        if len(texts) > LIST_LIMIT or any(len(text) > limit for text in texts):
            raise Rejected(name, Reason.TOO_LONG)


@cache
def _list_limits(kind: Kind) -> tuple[tuple[str, int], ...]:
    """Each field that is typed, and how many characters it may have."""
    asked = list_inputs(kind) if kind in WRITABLE else ()
    return tuple((each.name, TEXT_LIMIT if each.kind is InputKind.LONG_TEXT else LINE_LIMIT) for each in asked)


def _list_texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Coded():
            yield value.text
        case tuple():
            for item in value:
                yield from _list_texts(item)


def _check_dates(kind: Kind, entry: Entry, today: date) -> None:
    dates = {name: value for name, value in entry if isinstance(value, PartialDate) and name != "recorded"}
    for name, value in dates.items():
        if kind not in _AHEAD and name not in _TO_COME and value.day and value.day > today:
            raise Rejected(name, Reason.IN_THE_FUTURE)
    for first, last in _SPANS:
        if first in dates and last in dates and is_before(dates[last], dates[first]):
            raise Rejected(last, Reason.BEFORE_START)


def _is_over(entry: Condition | Treatment, today: date) -> bool:
    """Whether it has ended: a disease by any end, a treatment by one that is certainly past."""
    if isinstance(entry, Condition) or entry.until is None:
        return entry.until is not None
    return is_before(entry.until, PartialDate(text=today.isoformat()))


def is_before(end: PartialDate, start: PartialDate) -> bool:
    """Whether ``end`` is certainly earlier, as far as both are known."""
    if len(end.text) > 10 and len(start.text) > 10 and end.start and start.start:
        return end.start < start.start
    ending, starting = _day_text(end), _day_text(start)
    known = min(len(ending), len(starting))
    return ending[:known] < starting[:known]


def _day_text(value: PartialDate) -> str:
    return value.day.isoformat() if len(value.text) > 10 and value.day else value.text


def _check_pregnancy(entry: Pregnancy, today: date) -> None:
    """It began before today and before its end; one that goes on has no end."""
    started, given = entry.last_period, entry.day.day if entry.day else None
    if started is None or given is None:
        raise Rejected("day", Reason.MISSING)
    if started > today or (given > today and entry.basis is not Basis.EXPECTED):
        raise Rejected("day", Reason.IN_THE_FUTURE)
    if entry.until and is_before(entry.until, PartialDate(text=started.isoformat())):
        raise Rejected("until", Reason.BEFORE_START)
    if entry.current and entry.until:
        raise Rejected("status", Reason.CONTRADICTORY)


def _is_postcode(details: ContactDetails) -> bool:
    """Five figures in France; what other countries have is not ours to know."""
    return not details.in_france or re.fullmatch("[0-9]{5}", details.postcode or "") is not None


def _check_measure(entry: Measure, *, confirmed: bool) -> None:
    """In the unit of its scale, whatever unit it was typed in; what has none of our units cannot be judged."""
    scale = SCALES.get(entry.measure) if entry.measure else None
    if scale is None or entry.measure is None or entry.value is None:
        return
    value, value2 = (_convert(entry.measure, number, entry.unit, scale) for number in (entry.value, entry.value2))
    if value is None:
        return
    if not scale.allows(value):
        raise Rejected("value", Reason.NOT_WHOLE)
    if value2 is not None and value2 >= value:
        raise Rejected("value2", Reason.DIASTOLIC_ABOVE)
    if not confirmed:
        _check_range("value", value, scale)
        _check_range("value2", value2, DIASTOLIC_SCALE)


def _convert(measure: MeasureType, value: Decimal | None, unit: str, scale: Scale) -> Decimal | None:
    return None if value is None else convert(value, unit, scale.unit, measure)


def _check_range(name: str, value: Decimal | None, scale: Scale) -> None:
    if value is not None and not scale.holds(value):
        raise Rejected(name, Reason.OUT_OF_RANGE)
