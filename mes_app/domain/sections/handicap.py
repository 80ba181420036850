"""Handicap: kind, recognised rate, aids."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Handicap(Entry):
    """One statement about a handicap or an aid; ``answer`` holds a rate or a description."""

    topic: Coded
    answer: str | None = None
    date: PartialDate | None = None
