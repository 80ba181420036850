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


class AllergyStatus(StrEnum):
    """Whether it still holds (FHIR allergyintolerance-clinical)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class Allergy(Entry):
    """One allergy or intolerance. ``severity`` is that of the worst known reaction."""

    substance: Coded
    criticality: Criticality | None = None
    severity: Severity | None = None
    reactions: tuple[str, ...] = ()
    since: PartialDate | None = None
    status: AllergyStatus = AllergyStatus.ACTIVE
