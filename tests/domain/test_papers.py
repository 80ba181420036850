from datetime import date

import pytest

from mes_app.domain.papers import count_days_left, find_last_day
from mes_app.domain.values import PartialDate

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("2026-12-22", date(2026, 12, 22)),
        ("2028-02", date(2028, 2, 29)),
        ("2027", date(2027, 12, 31)),
        ("bientôt", None),
    ],
)
def test_a_piece_is_valid_to_the_end_of_what_is_written_on_it(written: str, last: date | None) -> None:
    assert find_last_day(PartialDate(text=written)) == last


@pytest.mark.parametrize(
    ("expires", "left"),
    [
        ("2026-12-22", 30),
        ("2026-11-22", 0),
        ("2027-01-21", 60),
        ("2027-01-22", None),
        ("2026-11-20", -2),
        ("2026-10-23", -30),
        ("2026-10-22", None),
        ("2026-11", 8),
        ("jamais", None),
    ],
)
def test_a_piece_is_told_in_the_weeks_before_and_after_it_expires(expires: str, left: int | None) -> None:
    assert count_days_left(PartialDate(text=expires), TODAY) == left


def test_a_piece_that_never_expires_is_never_told() -> None:
    assert count_days_left(None, TODAY) is None
