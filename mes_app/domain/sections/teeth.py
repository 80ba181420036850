"""Teeth of a child: which came out when, and when it fell."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Tooth(Entry):
    """One tooth, by its number of the FDI (ISO 3950): it came out at ``since``, and fell at ``until``."""

    tooth: Coded
    since: PartialDate | None = None
    until: PartialDate | None = None
