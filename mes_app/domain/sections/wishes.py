"""Wishes: advance directives and organ donation (adults only)."""

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class Wish(Entry):
    """One wish. ``document`` is the record id of the document that holds it, where it is in this vault."""

    wish: Coded
    date: PartialDate | None = None
    status: str = "active"
    document: str | None = None
