"""What joining a record that began here to that of a service would do, shown before anything is done.

Nobody has verified who a record that began here is about: only the person who joins the two can say that they are one.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.folding import fold
from mes_app.domain.imports import Named
from mes_app.domain.people import Profile, Sex
from mes_app.domain.record import Kind, Overview
from mes_app.domain.values import PartialDate

DETAILS = "details"
"""The key of how the person is reached."""

_TIMELESS = frozenset({Kind.ALLERGIES, Kind.BLOOD_GROUP, Kind.CONTACTS, Kind.FAMILY_HISTORY})
_TIMED = frozenset({Kind.APPOINTMENTS, Kind.MEASURES, Kind.RESULTS})
_CODED = frozenset({Kind.ALLERGIES, Kind.CONDITIONS, Kind.MEASURES, Kind.RESULTS, Kind.VACCINES})
_TOLD_BESIDE = frozenset(
    {
        Kind.CONDITIONS,
        Kind.FAMILY_HISTORY,
        Kind.HABITS,
        Kind.HANDICAP,
        Kind.MEASURES,
        Kind.PAGES,
        Kind.RESULTS,
    }
)
"""The kinds of which the second line tells one from another: whose disease, where, what was answered or noted."""

_ONE_BY_ONE = ("phone", "mobile", "email")
_TOGETHER = ("street", "postcode", "city", "country")


class JoinState(StrEnum):
    """What would become of an item. CONTRADICTED: « Je n'ai pas de … » where the other record has some."""

    NEW = "new"
    THERE = "there"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinItem:
    """One thing that may go. ``key``: our id of a record, DETAILS, or the name of a ``preference``.

    ``kind`` is None for what only this device knows of the person. ``twin``: the record that says the same there.
    """

    key: str
    kind: Kind | None
    title: str = ""
    date: PartialDate | None = None
    category: str = ""
    state: JoinState = JoinState.NEW
    twin: str = ""

    @property
    def may_go(self) -> bool:
        """Whether it may be chosen."""
        return self.state is not JoinState.CONTRADICTED


@dataclass(frozen=True)
class Target:
    """A record of a service that another could be joined to. ``differences``: those of name, birth, sex that differ.

    ``likely``: born the same day.
    """

    profile: Profile
    differences: tuple[str, ...] = ()
    likely: bool = False


@dataclass(frozen=True)
class JoinPlan:
    """What the record ``local`` has for that of ``target``."""

    local: Profile
    target: Target
    items: tuple[JoinItem, ...] = ()

    def list_differences(self) -> list[tuple[str, str, str]]:
        """Each difference by name, and what is said here and there: a name, a date as written, a Sex; or nothing."""
        return [(name, _trait(self.local, name), _trait(self.target.profile, name)) for name in self.target.differences]


def choose_joined(items: Iterable[JoinItem]) -> frozenset[str]:
    """What is chosen at first: all that the other record does not have."""
    return frozenset(item.key for item in items if item.state is JoinState.NEW)


def compare_people(local: Profile, known: Profile, names: Sequence[Named]) -> Target:
    """``known``, who is called ``names``, as somebody whom ``local`` may be."""
    mine = Named(local.name)
    told = {
        "name": all(mine.differs(Named(name.name)) for name in names),
        "birth": Named(born=local.birth).differs(Named(born=known.birth)),
        "sex": Sex.UNKNOWN not in (local.sex, known.sex) and local.sex is not known.sex,
    }
    differences = tuple(name for name, differs in told.items() if differs)
    same_day = local.birth is not None and known.birth is not None and "birth" not in differences
    return Target(known, differences, likely=same_day)


def order_targets(targets: Iterable[Target]) -> list[Target]:
    """The likely first, then those who differ least."""
    return sorted(targets, key=lambda target: (not target.likely, len(target.differences)))


def list_likenesses(overview: Overview) -> Iterator[Hashable]:
    """What makes two entries the same for a reader, whoever wrote them and when; nothing for a document or a remark.

    The same word or code, the same day where the day counts, the same value. The moment at which an entry was written
    is not when the thing was.
    """
    kind = overview.kind
    if kind in (Kind.DOCUMENTS, Kind.REMARKS):
        return
    if kind is Kind.NOTHING_DECLARED:
        yield kind, overview.category
        return
    beside = fold(overview.subtitle) if kind in _TOLD_BESIDE else ""
    said = (kind, _tell_day(overview), beside, overview.value, overview.value2, overview.unit)
    if overview.title:
        yield *said, "title", fold(overview.title)
    if kind in _CODED and overview.code:
        yield *said, "code", overview.code
    if kind is Kind.MEASURES and overview.category:
        yield *said, "measure", overview.category


def fill_details(mine: ContactDetails, theirs: ContactDetails) -> ContactDetails:
    """``theirs`` with what only ``mine`` tells. Of an address all or nothing: two halves would make a third one."""
    blank = [name for name in _ONE_BY_ONE if not getattr(theirs, name)]
    if not any(getattr(theirs, name) for name in _TOGETHER):
        blank += _TOGETHER
    return theirs.model_copy(update={name: getattr(mine, name) for name in blank})


def tells_something(details: ContactDetails) -> bool:
    """Whether any way to reach the person is told."""
    return any(getattr(details, name) for name in (*_ONE_BY_ONE, *_TOGETHER))


def _trait(profile: Profile, name: str) -> str:
    return {"name": profile.name, "birth": profile.birth.text if profile.birth else "", "sex": str(profile.sex)}[name]


def _tell_day(overview: Overview) -> str:
    if overview.kind in _TIMELESS:
        return ""
    if overview.kind in _TIMED:
        return overview.date_key
    return overview.date_text if len(overview.date_text) <= len("2026-11-20") else ""
