"""What the overview of the health profile shows, gathered in one reading."""

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from mes_app.domain.checks import concerns
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.allergies import Allergy, AllergyStatus, Criticality, Severity
from mes_app.services.health import SectionSummary
from mes_app.services.session import Session

DATED = (Kind.TREATMENTS, Kind.CONDITIONS)
"""The sections where what is over is told apart from what holds today."""

CURRENT = ("active", "recurrence", "relapse", "on-hold", "intended", "in-progress")
"""The states of what holds today."""


@dataclass(frozen=True)
class HealthProfile:
    """The sections in the order of the screens, their rows those that hold today as far as states are known.

    ``allergies``: each one opened, for its gravity is told at once; the gravest first.
    """

    sections: tuple[SectionSummary, ...]
    allergies: tuple[Allergy, ...]

    @property
    def missing(self) -> tuple[SectionSummary, ...]:
        """The sections of which nothing is known, not even that there is nothing."""
        return tuple(section for section in self.sections if not is_known(section))

    @property
    def percent(self) -> int:
        """How much of the profile is known."""
        return round(100 * (1 - len(self.missing) / len(self.sections)))


def is_known(section: SectionSummary) -> bool:
    """Whether it holds something, or was declared empty."""
    return section.count > 0 or section.nothing_declared is not None


def is_current(row: Row) -> bool:
    """Whether what the row tells of still holds today."""
    return row.status in CURRENT


async def gather_profile(session: Session, profile: Profile, today: date) -> HealthProfile:
    """Read the health profile of ``profile``, who is not asked for what is not for their age."""
    pid, sections = profile.pid, await session.health.summaries(profile.pid)
    asked = [found for found in sections if found.count or concerns(found.kind, profile, today)]
    allergies = cast(list[Allergy], await session.health.entries(pid, Kind.ALLERGIES))
    return HealthProfile(
        sections=tuple([await _prefer_current(session, pid, found) for found in asked]),
        allergies=tuple(sorted(allergies, key=_gravity)),
    )


async def _prefer_current(session: Session, pid: str, section: SectionSummary) -> SectionSummary:
    if section.kind not in DATED or not section.count:
        return section
    current = [row for row in await session.health.rows(pid, section.kind) if is_current(row)]
    return replace(section, rows=tuple(current))


def _gravity(allergy: Allergy) -> tuple[bool, int, int]:
    """Sorts allergies: those that still hold, then the riskiest, then the most severe reaction."""
    risks, severities = list(Criticality), list(Severity)
    return (
        allergy.status is not AllergyStatus.ACTIVE,
        risks.index(allergy.criticality) if allergy.criticality else len(risks),
        severities.index(allergy.severity) if allergy.severity else len(severities),
    )
