"""Wishes: advance directives and organ donation (adults only)."""

from enum import StrEnum

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate


class WishStatus(StrEnum):
    """Whether the wish holds today (FHIR consent-state-codes)."""

    ACTIVE = "active"
    DRAFT = "draft"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"


class Wish(Entry):
    """One wish. ``document`` is the server's reference (``DocumentReference/id``) to the document that holds it."""

    wish: Coded
    date: PartialDate | None = None
    status: WishStatus = WishStatus.ACTIVE
    document: str | None = None
