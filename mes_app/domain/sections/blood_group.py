"""The declared blood group. It never replaces the laboratory's card."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class BloodGroup(Entry):
    """ABO and Rhesus group as declared or reported (LOINC 882-1)."""

    group: Coded
    date: PartialDate | None = None
