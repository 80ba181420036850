"""Dates as tables write them."""

import pytest

from mes_app.domain.written_moments import DateOrder, find_order, read_written


@pytest.mark.parametrize(
    ("day", "time", "said"),
    [
        ("2025-01-12 08:15:00", "", "2025-01-12T08:15:00+01:00"),
        ("2022/01/05 10:12", "", "2022-01-05T10:12:00+01:00"),
        ("15-07-2024 14:30", "", "2024-07-15T14:30:00+02:00"),
        ("12/01/25", "8:05 pm", "2025-01-12T20:05:00+01:00"),
        ("12/01/2025 à 08:15", "", "2025-01-12T08:15:00+01:00"),
        ("Jan 12 2025", "08:12", "2025-01-12T08:12:00+01:00"),
        ("Dec 28, 2025", "12:30 AM", "2025-12-28T00:30:00+01:00"),
        ("12 janv. 2025", "8h05", "2025-01-12T08:05:00+01:00"),
        ("1er février 2026", "", "2026-02-01"),
        ("2016-01-05 10:12:00 +0100", "", "2016-01-05T10:12:00+01:00"),
        ("2016-01-05 10:12:00 UTC", "", "2016-01-05T10:12:00+00:00"),
        ("31/02/2026", "", None),
        ("12/01/2025", "25:00", None),
        ("demain", "", None),
    ],
)
def test_dates_of_devices_and_people_are_read_with_the_time_of_paris(day: str, time: str, said: str | None) -> None:
    assert read_written(day, time, DateOrder.DAY_FIRST) == said


@pytest.mark.parametrize(
    "text", ["2019", "2019-05", "2019-05-03", "2026-01-10T08:00:00Z", "2026-01-10T08:00:00.120+01:00"]
)
def test_a_date_as_records_hold_it_stays_as_it_is(text: str) -> None:
    assert read_written(text, "", DateOrder.MONTH_FIRST) == text


def test_the_whole_column_tells_which_number_is_the_day() -> None:
    assert find_order(["03/04/2026", "13/04/2026 8:00"]) is DateOrder.DAY_FIRST
    assert find_order(["03/04/2026", "04/13/2026"]) is DateOrder.MONTH_FIRST
    assert find_order(["2026-04-03", "Jan 12 2025"]) is DateOrder.DAY_FIRST
    assert read_written("04/13/2026", "", DateOrder.MONTH_FIRST) == "2026-04-13"


def test_dates_that_could_be_two_days_or_contradict_each_other_are_not_guessed() -> None:
    assert find_order(["03/04/2026", "05/06/2026"]) is None
    assert find_order(["13/04/2026", "04/13/2026"]) is None
