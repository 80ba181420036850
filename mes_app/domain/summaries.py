"""The synthesis of one person: what the PDF shows, gathered before it is drawn."""

from dataclasses import dataclass, field
from datetime import datetime

from mes_app.domain.people import Person, Profile
from mes_app.domain.record import Entry, Kind
from mes_app.domain.values import PartialDate


@dataclass(frozen=True, slots=True)
class SectionContent:
    """The entries of one section; ``nothing_declared`` when the person said to have nothing, which is not empty."""

    entries: tuple[Entry, ...] = ()
    nothing_declared: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class HealthSummary:
    """One person's record at one moment. ``made_at`` has a time zone."""

    profile: Profile
    person: Person | None
    made_at: datetime
    made_by: str
    sections: dict[Kind, SectionContent] = field(default_factory=dict)
