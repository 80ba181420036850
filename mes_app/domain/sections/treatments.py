"""Medicines, current and past."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class TreatmentStatus(StrEnum):
    """Where the treatment stands: the FHIR codes of statements, prescriptions and dispensings together."""

    ACTIVE = "active"
    INTENDED = "intended"
    ON_HOLD = "on-hold"
    COMPLETED = "completed"
    STOPPED = "stopped"
    NOT_TAKEN = "not-taken"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    DRAFT = "draft"
    PREPARATION = "preparation"
    IN_PROGRESS = "in-progress"
    UNKNOWN = "unknown"


class Treatment(Entry):
    """One medicine taken, prescribed or handed out. ``product``: the CIP13 of its box, else another GTIN."""

    medicine: Coded
    dosage: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    reason: str | None = None
    product: str | None = None
    lot: str | None = None
    expires: PartialDate | None = None
    status: TreatmentStatus = TreatmentStatus.ACTIVE

    @property
    def current(self) -> bool:
        """Whether it is taken today, as far as the record says."""
        return self.status in (TreatmentStatus.ACTIVE, TreatmentStatus.ON_HOLD, TreatmentStatus.INTENDED)
