from datetime import date

import pytest

from mes_backend.demo.calendars import Calendar, add_months, at, avoid_weekend, make_calendar, write_french

SATURDAY, SUNDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)


def test_months_are_added_without_leaving_the_calendar() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), -13) == date(2024, 12, 15)


def test_practices_are_closed_at_weekends() -> None:
    assert avoid_weekend(SATURDAY) == date(2026, 11, 20)
    assert avoid_weekend(SUNDAY) == MONDAY
    assert avoid_weekend(MONDAY) == MONDAY


def test_a_moment_is_told_from_today_or_a_birth(calendar: Calendar) -> None:
    assert calendar.day("today") == calendar.today
    assert calendar.day("today-7d") == date(2026, 11, 13)
    assert calendar.day("jeanne+4d") == date(2025, 9, 12)
    assert calendar.day("leo+6y").year == calendar.births["leo"].year + 6


def test_births_and_the_days_around_them_fall_on_any_weekday() -> None:
    calendar = Calendar(MONDAY, {"jeanne": SATURDAY})
    assert calendar.day("jeanne+1d") == SUNDAY
    assert calendar.day("jeanne+28d") == date(2026, 12, 18)


def test_a_moment_of_another_shape_is_a_mistake(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="yesterday-ish"):
        calendar.day("yesterday-ish")


def test_a_date_has_the_precision_it_says(calendar: Calendar) -> None:
    written = ("year jeanne+0d", "month jeanne+0d", "jeanne+0d")
    assert [calendar.write_date(date) for date in written] == ["2025", "2025-09", "2025-09-08"]


def test_times_have_the_offset_of_paris(calendar: Calendar) -> None:
    assert at(date(2026, 7, 1), "08:30") == "2026-07-01T08:30:00+02:00"
    assert calendar.at("today", "08:30") == "2026-11-20T08:30:00+01:00"


def test_texts_hold_french_dates(calendar: Calendar) -> None:
    assert calendar.fill("née le {jeanne+0d}, vue le {today}") == "née le 8 septembre 2025, vue le 20 novembre 2026"
    assert write_french(date(2026, 3, 1)) == "1er mars 2026"


def test_the_family_has_its_ages() -> None:
    births = make_calendar(date(2026, 11, 20)).births
    assert births["camille"] == date(1988, 7, 11)
    assert births["jeanne"] == date(2025, 9, 8)
