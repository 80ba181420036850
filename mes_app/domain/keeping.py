"""Which documents a device keeps for reading without network: the choice of its owner, never sent anywhere."""

from calendar import monthrange
from datetime import datetime

from mes_app.domain.values import Frozen

MONTHS = (24, 12, 6, 3)
"""How far back a device may be told to keep documents, besides all of them."""


class Policy(Frozen):
    """``months``: documents older than that are not kept, unless their reader asked; 0 keeps all. ``wifi_only``: none
    is fetched over another connection, unless it is opened.
    """

    months: int = 0
    wifi_only: bool = False

    def since(self, now: datetime) -> str:
        """The day (as the start of a date key) from which documents are kept; empty when all are."""
        if not self.months:
            return ""
        year, month = divmod(now.year * 12 + now.month - 1 - self.months, 12)
        return f"{year:04}-{month + 1:02}-{min(now.day, monthrange(year, month + 1)[1]):02}"
