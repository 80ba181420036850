"""The health booklet of a child: what it gathers, and its pages by age. It tells what was noted, and judges nothing.

The ages are those of the 20 examinations of children in France, and birth: data/booklet_ages.csv. Other pages have the
name that the family gives them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from mes_app.domain.data_files import read_rows
from mes_app.domain.growth import Child
from mes_app.domain.growth_curves import GrowthCurve
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Profile, age_on
from mes_app.domain.prevention import ADULT, PreventionItem, State
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.record import Row
from mes_app.domain.sections.pages import Page
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.values import Frozen, PartialDate, Precision

BODY = (MeasureType.WEIGHT, MeasureType.HEIGHT, MeasureType.HEAD_CIRCUMFERENCE)
"""What is measured at an examination."""


_BIRTH = "birth"
_WAITING = (State.DUE, State.LATE, State.SOON, State.LATER)


class Photo(Frozen):
    """A photo of a page: the document ``id``, its title and day; ``page`` is the unique id of the page's record."""

    id: str
    page: str
    title: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class BookletPage:
    """One page. ``id`` is that of an age, else of its record.

    ``notes``: its records, mostly one; two people may each have begun it. ``measures``: those of its days.
    """

    id: str
    name: str
    exam: PreventionItem | None = None
    notes: tuple[Page, ...] = ()
    photos: tuple[Photo, ...] = ()
    measures: tuple[Row, ...] = ()

    @property
    def is_of_age(self) -> bool:
        """Whether it is that of an age, which is there from the beginning."""
        return self.id in list_ages()

    @property
    def is_filled(self) -> bool:
        """Whether somebody noted something, or added a photo."""
        return bool(self.photos) or any(note.text for note in self.notes)


@dataclass(frozen=True, slots=True)
class Booklet:
    """All of one child. Without ``child`` there are no curves."""

    profile: Profile
    child: Child | None = None
    curves: tuple[GrowthCurve, ...] = ()
    prevention: tuple[PreventionItem, ...] = ()
    teeth: tuple[Tooth, ...] = ()
    pages: tuple[BookletPage, ...] = ()

    def find_page(self, about: str) -> BookletPage | None:
        """The page of that age, or the one that the record ``about`` belongs to."""
        found = (page for page in self.pages if page.id == about or any(note.id == about for note in page.notes))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class PrintedBooklet:
    """What is printed: the booklet, who made it and when, and small pictures of the photos by the id of theirs."""

    booklet: Booklet
    made_at: datetime
    made_by: str
    pictures: Mapping[str, bytes]


@cache
def list_ages() -> Mapping[str, str]:
    """The name of the page of each age by its id, which is that of its examination, in the order of age."""
    return {row["id"]: row["page"] for row in read_rows("booklet_ages")}


def is_minor(profile: Profile, today: date) -> bool:
    """Whether the person is known to be under age on ``today``: only then there is a booklet."""
    born = profile.birth.day if profile.birth else None
    return born is not None and age_on(born, today).years < ADULT


def find_next(items: Iterable[PreventionItem], kind: PreventionKind) -> PreventionItem | None:
    """What comes next among the examinations or vaccines of a child: what may be done now, else what is due first."""
    waiting = [item for item in items if item.kind is kind and item.due and item.state in _WAITING]
    return min(waiting, key=lambda item: (_WAITING.index(item.state), item.due or date.max), default=None)


def arrange_pages(
    notes: Sequence[Page],
    photos: Sequence[Photo],
    measures: Sequence[Row],
    exams: Iterable[PreventionItem],
    birth: PartialDate | None = None,
) -> tuple[BookletPage, ...]:
    """The pages of all ages, that of ``birth`` with its day, then those of one's own, the oldest first."""
    ages, by_name = list_ages(), _group_notes(notes)
    found = {exam.id: exam for exam in exams}
    own = [(same[0].id, name) for name, same in by_name.items() if name not in ages.values()]
    pages = (
        BookletPage(about, name, found.get(about), tuple(by_name.get(name, ())))
        for about, name in [*ages.items(), *own]
    )
    born = {_BIRTH: birth}
    return tuple(_fill_page(page, photos, measures, born.get(page.id)) for page in pages)


def _group_notes(notes: Sequence[Page]) -> dict[str, list[Page]]:
    groups: dict[str, list[Page]] = {}
    for note in sorted(notes, key=lambda note: note.date.key if note.date else ""):
        groups.setdefault(note.page, []).append(note)
    return groups


def _fill_page(
    page: BookletPage, photos: Sequence[Photo], measures: Sequence[Row], day: PartialDate | None
) -> BookletPage:
    """With the photos that name it, and what was measured on ``day``, on its own and on that of its examination."""
    known = {note.unique_id for note in page.notes if note.unique_id}
    dates = [day, *(note.date for note in page.notes), page.exam.last if page.exam else None]
    days = {told.text[:10] for told in dates if told and told.precision in (Precision.DAY, Precision.TIME)}
    return replace(
        page,
        photos=tuple(photo for photo in photos if photo.page in known),
        measures=tuple(row for row in measures if row.date_text[:10] in days and row.category in BODY),
    )
