from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from mes_app import i18n

TODAY = date(2026, 11, 21)


def test_a_day_is_written_the_french_way() -> None:
    assert i18n.day(date(2026, 11, 20)) == "ven. 20 nov. 2026"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 21), "aujourd’hui"),
        (date(2026, 11, 20), "hier"),
        (date(2026, 11, 22), "demain"),
        (date(2026, 11, 18), "il y a 3 jours"),
        (date(2026, 11, 27), "dans 6 jours"),
        (date(2026, 11, 28), "sam. 28 nov. 2026"),
    ],
)
def test_days_under_a_week_are_relative(value: date, words: str) -> None:
    assert i18n.relative_day(value, TODAY) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2019", "2019"),
        ("2019-05", "mai 2019"),
        ("2019-05-03", "ven. 3 mai 2019"),
        ("2019-05-03T10:00:00", "ven. 3 mai 2019"),
        ("in the spring", "in the spring"),
        ("2019-13-45", "2019-13-45"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(text: str, words: str) -> None:
    assert i18n.partial(text) == words


def test_a_moment_is_told_in_the_zone_of_the_device() -> None:
    noon = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
    assert i18n.moment(noon, ZoneInfo("Europe/Paris")) == "sam. 21 nov. 2026 à\u00a014:05"


@pytest.mark.parametrize(
    ("years", "months", "words"),
    [(38, 2, "38 ans"), (1, 2, "14 mois"), (0, 0, "moins d’un mois"), (2, 0, "2 ans"), (0, 1, "1 mois")],
)
def test_ages_are_in_months_under_two_years(years: int, months: int, words: str) -> None:
    assert i18n.age(years, months) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-03", "2026-11-12T10:00:00", "3–12 nov. 2026"),
        ("2025-12-30", "2026-01-02", "30 déc. 2025 – 2 janv. 2026"),
        ("2026-11-03", "2026-11-03", "3 nov. 2026"),
        ("2019-05", "2019-05", "mai 2019"),
        ("2019", "2019-05-03", "2019 – ven. 3 mai 2019"),
        ("long ago!!", "2019", "long ago!! – 2019"),
    ],
)
def test_two_days_are_told_as_one_span(first: str, last: str, words: str) -> None:
    assert i18n.span(first, last).replace("\u2009", " ").replace("\xa0", " ") == words
