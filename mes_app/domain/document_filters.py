"""Which documents of a dossier are wanted, and in which order: one value for the screen, the terminal and the store."""

from datetime import date, timedelta
from enum import StrEnum

from mes_app.domain.documents import Category
from mes_app.domain.record import Source
from mes_app.domain.values import Frozen, PartialDate, Precision
from mes_app.errors import Reason, Rejected

MONTHS = (3, 12, 36)
"""The periods proposed: how many months back from today."""


class Order(StrEnum):
    """How documents follow one another; of one author the newest first. By NEWEST the pinned come before.

    By EPISODE: that which ended last first, as ``domain.episodes`` tells them.
    """

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    AUTHOR = "author"
    EPISODE = "episode"


class DocumentFilter(Frozen):
    """Each choice leaves fewer documents; the default leaves them all, the newest first.

    ``author`` is as lists show it. ``since`` and ``until`` are both included, as far as they are known: until 2025
    means until its last day. A document without date is in no period. ``hidden``: only those that are, or are not.
    ``folder`` is the name of one.
    """

    category: Category | None = None
    author: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: Source | None = None
    hidden: bool | None = None
    folder: str = ""
    unread: bool = False
    order: Order = Order.NEWEST

    @property
    def count(self) -> int:
        """How many choices are made; the order is none."""
        names = self.__class__.model_fields.keys() - {"order"}
        return sum(getattr(self, name) != type(self).model_fields[name].default for name in names)

    @property
    def from_key(self) -> str:
        """The date key from which documents are wanted; empty without limit."""
        return self.since.key if self.since else ""

    @property
    def before_key(self) -> str:
        """The date key before which documents are wanted; empty without limit."""
        return _find_end(self.until).key if self.until else ""


EVERY_DOCUMENT = DocumentFilter()


def check_filter(chosen: DocumentFilter) -> DocumentFilter:
    """``chosen`` where its period can be. Raises Rejected("since" or "until", NOT_A_DATE or BEFORE_START)."""
    for name, day in (("since", chosen.since), ("until", chosen.until)):
        if day and (day.start is None or day.precision is Precision.TIME):
            raise Rejected(name, Reason.NOT_A_DATE)
    if chosen.since and chosen.until and chosen.before_key <= chosen.from_key:
        raise Rejected("until", Reason.BEFORE_START)
    return chosen


def count_back(today: date, months: int) -> PartialDate:
    """The first month of a period of so many months that ends today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return PartialDate(text=f"{year:04}-{month + 1:02}")


def _find_end(day: PartialDate) -> PartialDate:
    """The day, month or year after."""
    year, *rest = (int(part) for part in day.text.split("-"))
    match rest:
        case []:
            return PartialDate(text=f"{year + 1:04}")
        case [12]:
            return PartialDate(text=f"{year + 1:04}-01")
        case [month]:
            return PartialDate(text=f"{year:04}-{month + 1:02}")
        case _:
            return PartialDate(text=(date.fromisoformat(day.text) + timedelta(days=1)).isoformat())
