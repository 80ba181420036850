"""The pieces of a wallet that one shows at a desk: which one it is, until when it is valid, and when to say so."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from mes_app.domain.values import PartialDate, Precision

EARLY, LATE = 60, 30
"""Days before a piece expires, and after, in which it is told: to renew one takes weeks."""


class PaperKind(StrEnum):
    """The administrative pieces that have a name of their own."""

    IDENTITY = "identity"
    COMPLEMENTARY = "complementary-insurance"
    EUROPEAN = "european-card"
    BLOOD_GROUP = "blood-group-card"
    DISABILITY = "disability-card"


def find_last_day(expires: PartialDate) -> date | None:
    """The last day on which it may still be valid: of a month or a year, the last one. None if not a date."""
    first = expires.day
    if first is None or expires.precision in (Precision.DAY, Precision.TIME):
        return first
    month = 12 if expires.precision is Precision.YEAR else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def count_days_left(expires: PartialDate | None, today: date) -> int | None:
    """How many days it is still valid, negative once it is not; None while there is nothing to tell."""
    last = find_last_day(expires) if expires else None
    left = (last - today).days if last else None
    return left if left is not None and -LATE <= left <= EARLY else None
