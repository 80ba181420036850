"""Allergies and intolerances."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Criticality(StrEnum):
    """How dangerous a future reaction may be (FHIR allergy-intolerance-criticality)."""

    HIGH = "high"
    LOW = "low"
    UNKNOWN = "unable-to-assess"


class Severity(StrEnum):
    """How severe the worst known reaction was (FHIR reaction-event-severity)."""

    SEVERE = "severe"
    MODERATE = "moderate"
    MILD = "mild"


class Allergy(Entry):
    """One allergy or intolerance. ``status``: active, inactive or resolved."""

    substance: Coded
    criticality: Criticality | None = None
    severity: Severity | None = None
    reactions: tuple[str, ...] = ()
    since: PartialDate | None = None
    status: str = "active"
