"""Operations, procedures and hospital stays."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Procedure(Entry):
    """One operation, procedure or stay (``stay`` true when it comes from an inpatient Encounter)."""

    procedure: Coded
    date: PartialDate | None = None
    until: PartialDate | None = None
    place: str | None = None
    performer: str | None = None
    stay: bool = False
