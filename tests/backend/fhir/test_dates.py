from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_backend.fhir.dates import count_microseconds, format_http_date, format_instant, read_interval, read_moment

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("text", "first", "width"),
    [
        ("2025", "2024-12-31T23:00:00+00:00", 365 * DAY),
        ("2025-12", "2025-11-30T23:00:00+00:00", 31 * DAY),
        ("2025-03-30", "2025-03-29T23:00:00+00:00", 23 * DAY // 24),
        ("2025-01-02T10:00Z", "2025-01-02T10:00:00+00:00", 60_000_000),
        ("2025-01-02T10:00:05+01:00", "2025-01-02T09:00:05+00:00", 1_000_000),
        ("2025-01-02T10:00:05.120Z", "2025-01-02T10:00:05.120000+00:00", 1_000),
        ("2025-01-02T10:00:05.1234567Z", "2025-01-02T10:00:05.123456+00:00", 1),
    ],
)
def test_a_date_covers_all_that_it_leaves_unsaid(text: str, first: str, width: int) -> None:
    interval = read_interval(text)
    assert interval.low == count_microseconds(datetime.fromisoformat(first))
    assert interval.high - interval.low == width


@pytest.mark.parametrize("text", ["", "soon", "2025-13", "2025-1", "2025-01-01T25:00Z", "0000", "２０２５"])
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_interval(text)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001
def test_an_instant_is_written_to_the_microsecond(naive: datetime) -> None:
    instant = count_microseconds(naive.replace(tzinfo=UTC))
    assert read_interval(format_instant(instant)) == (instant, instant + 1)


def test_last_modified_is_written_for_http() -> None:
    assert format_http_date(1_999_999) == "Thu, 01 Jan 1970 00:00:01 GMT"


@pytest.mark.parametrize("value", [None, 3, [], {}, {"start": 1}, "no date", "9999", {"start": "2025", "end": "?"}])
def test_an_odd_date_in_a_resource_is_passed_over(value: Any) -> None:
    assert read_moment(value) is None


def test_a_period_may_be_open() -> None:
    closed = read_moment({"start": "2024", "end": "2025"})
    begun, over = read_moment({"start": "2024"}), read_moment({"end": "2025"})
    assert closed
    assert begun
    assert over
    assert closed.low == begun.low < closed.high == over.high < begun.high
    assert over.low < closed.low
