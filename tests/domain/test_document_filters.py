"""Which documents are wanted."""

from datetime import date

import pytest

from mes_app.domain.document_filters import DocumentFilter, Order, check_filter, count_back
from mes_app.domain.documents import Category
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected


def make_filter(since: str = "", until: str = "") -> DocumentFilter:
    first, last = (PartialDate(text=text) if text else None for text in (since, until))
    return DocumentFilter(since=first, until=last)


@pytest.mark.parametrize(
    ("until", "next_day"),
    [
        ("2025", "2026-01-01"),
        ("2025-12", "2026-01-01"),
        ("2025-02", "2025-03-01"),
        ("2024-02-28", "2024-02-29"),
        ("2025-12-31", "2026-01-01"),
    ],
)
def test_a_period_holds_its_last_day_month_or_year_whole(until: str, next_day: str) -> None:
    assert make_filter(until=until).before_key == PartialDate(text=next_day).key


def test_choices_are_counted_and_the_order_is_none() -> None:
    assert DocumentFilter().count == 0
    assert DocumentFilter(order=Order.TITLE).count == 0
    assert DocumentFilter(category=Category.LABORATORY, hidden=False, unread=True).count == 3


@pytest.mark.parametrize(
    ("since", "until", "field", "reason"),
    [
        ("hier", "", "since", Reason.NOT_A_DATE),
        ("", "2025-13", "until", Reason.NOT_A_DATE),
        ("", "2025-01-01T10:00:00Z", "until", Reason.NOT_A_DATE),
        ("2025", "2024", "until", Reason.BEFORE_START),
    ],
)
def test_a_period_that_cannot_be_is_refused(since: str, until: str, field: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        check_filter(make_filter(since, until))
    assert (refused.value.field, refused.value.reason) == (field, reason)


def test_a_period_of_one_year_or_one_day_can_be() -> None:
    for day in ("2025", "2025-03", "2025-03-04"):
        assert check_filter(make_filter(day, day)).since == PartialDate(text=day)


def test_months_are_counted_back_over_the_new_year() -> None:
    assert count_back(date(2026, 2, 14), 3).text == "2025-11"
    assert count_back(date(2026, 12, 31), 12).text == "2025-12"
