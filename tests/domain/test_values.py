from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mes_app.domain.values import PartialDate, Precision, Quantity, read_moment, sort_key


@pytest.mark.parametrize(
    ("text", "precision", "start"),
    [
        ("2019", Precision.YEAR, datetime(2018, 12, 31, 23, tzinfo=UTC)),
        ("2019-07", Precision.MONTH, datetime(2019, 6, 30, 22, tzinfo=UTC)),
        ("2019-07-14", Precision.DAY, datetime(2019, 7, 13, 22, tzinfo=UTC)),
        ("2019-07-14T10:00:00Z", Precision.TIME, datetime(2019, 7, 14, 10, tzinfo=UTC)),
        ("2019-07-14T10:00:00+04:00", Precision.TIME, datetime(2019, 7, 14, 6, tzinfo=UTC)),
        ("2019-07-14T10:00:00.123456Z", Precision.TIME, datetime(2019, 7, 14, 10, 0, 0, 123456, tzinfo=UTC)),
    ],
)
def test_a_date_is_as_precise_as_written_and_starts_in_paris(text: str, precision: Precision, start: datetime) -> None:
    assert PartialDate(text=text).precision is precision
    assert PartialDate(text=text).start == start


def test_the_day_is_that_of_paris() -> None:
    assert PartialDate(text="2019-12-31T23:30:00Z").day == date(2020, 1, 1)
    assert PartialDate(text="2019-07").day == date(2019, 7, 1)
    assert PartialDate(text="hier").day is None


@pytest.mark.parametrize(
    "text", ["", "hier", "201", "2019-5", "2019-02-30", "2019-13", "0001", "9999-12-31T23:59:59-12:00"]
)
def test_what_is_no_date_sorts_nowhere(text: str) -> None:
    assert read_moment(text) is None
    assert sort_key(text) == PartialDate(text=text).key == ""


def test_dates_of_any_precision_and_offset_sort_together() -> None:
    written = ["2019-01-01T00:30:00+14:00", "2019", "2019-01-01T12:00:00Z", "2019-01-01T23:00:00-05:00", "2019-02"]
    assert sorted(written, key=sort_key) == written


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-02-03", "2024-02-03"),
        ("2024-02-03T23:30:00Z", "2024-02-04"),
    ],
)
def test_a_date_known_in_part_lasts_until_the_end_of_what_it_may_mean(text: str, last: str) -> None:
    assert PartialDate(text=text).last_day == date.fromisoformat(last)
    assert PartialDate(text="no date").last_day is None


@given(st.text(max_size=40))
def test_any_text_has_a_key(text: str) -> None:
    assert len(sort_key(text)) in (0, 20)


def test_a_number_keeps_its_digits_and_values_never_change() -> None:
    quantity = Quantity(value=Decimal("72.50"), unit="kg")
    assert str(quantity.value) == "72.50"
    with pytest.raises(ValidationError):
        quantity.unit = "g"  # type: ignore[misc]
