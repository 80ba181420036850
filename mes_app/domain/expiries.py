"""Which administrative pieces are about to expire, or just did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mes_app.domain.documents import Document
from mes_app.domain.papers import count_days_left


@dataclass(frozen=True, slots=True)
class Expiry:
    """A piece to be renewed. ``days_left`` is negative once it is no longer valid."""

    paper: Document
    days_left: int


def list_expiries(papers: Iterable[Document], today: date) -> list[Expiry]:
    """Those of ``papers`` that are told on that day, the most urgent first.

    A kind of which the person already has a piece that is told later, or never, has been renewed.
    """
    found = [(paper, count_days_left(paper.expires, today)) for paper in papers if not paper.superseded]
    renewed = {paper.paper for paper, left in found if left is None and _is_valid(paper, today)} - {None}
    due = [Expiry(paper, left) for paper, left in found if left is not None and paper.paper not in renewed]
    return sorted(due, key=lambda expiry: expiry.days_left)


def _is_valid(paper: Document, today: date) -> bool:
    return paper.expires is not None and paper.expires.day is not None and paper.expires.day > today
