"""Dates as they are typed, in parts, nothing of them lost."""

import pytest

from mes_app.views.forms.partial_dates import TypedDate, complete_date, join_date, split_date


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (TypedDate("", "", "2019"), "2019"),
        (TypedDate("", "5", "2019"), "2019-5"),
        (TypedDate("3", "5", "2019"), "2019-5-3"),
        (TypedDate("3", "", ""), "--3"),
        (TypedDate("3", "", "2019"), "2019--3"),
        (TypedDate("3", "5", "2019", "9h"), "2019-5-3T9h"),
        (TypedDate(), ""),
    ],
)
def test_a_date_half_typed_loses_nothing(typed: TypedDate, value: str) -> None:
    assert join_date(typed) == value
    assert split_date(value) == typed


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9", "09:00"),
        ("9h", "09:00"),
        ("9h5", "09:05"),
        ("905", "09:05"),
        ("14:05", "14:05"),
        ("1405", "14:05"),
        ("x", "x"),
    ],
)
def test_a_time_is_understood_as_people_write_it(typed: str, time: str) -> None:
    assert complete_date(f"2026-11-22T{typed}") == f"2026-11-22T{time}"
