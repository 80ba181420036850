"""Episodes: the documents of one event of care, beside one another in the list.

No server tells them, so the rule is a convention of this app, simple enough to be foreseen: documents of the same stay
(``context.encounter``, or an Encounter or EpisodeOfCare among ``context.related``) are one episode; of the others those
made by the same organization, else by the same author, each at most DAYS after the one before. What has no date, or
neither organization nor author, is an episode of its own with its like.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mes_app.domain.values import PartialDate

DAYS = 15


class Mark(NamedTuple):
    """What tells the episode of a document, ``id``; ``date_key`` sorts (UTC). Empty where nothing is known."""

    date_key: str
    id: str
    stay: str
    organization: str
    author: str


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode as a heading tells it; ``id`` tells it from the others of a list.

    ``place`` is the organization, else the author. ``count`` and the dates, None where the first or the last document
    has none, are those of all its documents, whatever a filter leaves of them.
    """

    id: str
    place: str
    first: PartialDate | None
    last: PartialDate | None
    count: int


def list_episodes(marks: Iterable[Mark]) -> list[list[Mark]]:
    """The documents of each episode, the newest first; the episode that ended last comes first."""
    groups = defaultdict[Hashable, list[Mark]](list)
    for mark in marks:
        groups[_name_group(mark)].append(mark)
    parts = (part for group in groups.values() for part in _split(sorted(group, reverse=True)))
    return sorted(parts, key=lambda part: part[0], reverse=True)


def _name_group(mark: Mark) -> Hashable:
    if mark.stay:
        return "stay", mark.stay
    return "place", mark.organization or mark.author or mark.id, not mark.date_key


def _split(group: list[Mark]) -> Iterator[list[Mark]]:
    """``group``, the newest first, where more than DAYS lie between two that are of no stay."""
    start = 0
    days = [] if group[0].stay else [_count_day(mark) for mark in group]
    for place, (day, former) in enumerate(pairwise(days), start=1):
        if day - former > DAYS:
            yield group[start:place]
            start = place
    yield group[start:]


def _count_day(mark: Mark) -> int:
    """A year or a month alone counts from its first day."""
    return date.fromisoformat(f"{mark.date_key}-01-01"[:10]).toordinal() if mark.date_key else 0
