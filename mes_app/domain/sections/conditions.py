"""Diseases and health subjects, current and past."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class ConditionStatus(StrEnum):
    """Where the disease stands (FHIR condition-clinical)."""

    ACTIVE = "active"
    RECURRENCE = "recurrence"
    RELAPSE = "relapse"
    INACTIVE = "inactive"
    REMISSION = "remission"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


class Condition(Entry):
    """One disease or health subject."""

    condition: Coded
    since: PartialDate | None = None
    until: PartialDate | None = None
    status: ConditionStatus = ConditionStatus.ACTIVE

    @property
    def current(self) -> bool:
        """Whether it still matters today."""
        return self.status in (ConditionStatus.ACTIVE, ConditionStatus.RECURRENCE, ConditionStatus.RELAPSE)
