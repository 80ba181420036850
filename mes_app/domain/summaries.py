"""The synthesis of one person: what the PDF shows, gathered before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mes_app.domain.people import Person, Profile
from mes_app.domain.record import Entry, Kind, Row
from mes_app.domain.remarks import Remark
from mes_app.domain.values import PartialDate


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an entry: what it is linked to that professionals may see, and what was reported of it."""

    links: tuple[Row, ...] = ()
    remarks: tuple[Remark, ...] = ()


ALONE = Beside()


@dataclass(frozen=True, slots=True)
class SectionContent:
    """The entries of one section; ``nothing_declared`` when the person said to have nothing, which is not empty.

    ``beside``: what stands beside entries, by our ids of them.
    """

    entries: tuple[Entry, ...] = ()
    nothing_declared: PartialDate | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HealthSummary:
    """One person's record at one moment. ``made_at`` has a time zone."""

    profile: Profile
    person: Person | None
    made_at: datetime
    made_by: str
    sections: dict[Kind, SectionContent] = field(default_factory=dict)
