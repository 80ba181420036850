from datetime import date

import pytest

from mes_app.domain.people import Age, Profile, age_on


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(2020, 2, 29), date(2021, 2, 28), Age(years=0, months=11)),
        (date(2020, 2, 29), date(2021, 3, 1), Age(years=1, months=0)),
        (date(2025, 1, 31), date(2025, 3, 30), Age(years=0, months=1)),
        (date(1988, 5, 14), date(2026, 5, 14), Age(years=38, months=0)),
        (date(2030, 1, 1), date(2026, 1, 1), Age(years=0, months=0)),
    ],
)
def test_an_age_is_in_completed_years_and_months(birth: date, today: date, age: Age) -> None:
    assert age_on(birth, today) == age


@pytest.mark.parametrize(
    ("name", "initials", "first"),
    [
        ("Camille Martin", "CM", "Camille"),
        ("Léo", "L", "Léo"),
        ("Anne-Marie de La Tour", "AT", "Anne-Marie"),
        ("", "", ""),
    ],
)
def test_an_avatar_has_two_letters_and_a_bar_has_the_first_name(name: str, initials: str, first: str) -> None:
    profile = Profile(pid="1", name=name)
    assert (profile.initials, profile.first_name) == (initials, first)


def test_records_name_a_person_as_the_server_does_once_it_knows_them() -> None:
    assert (Profile(pid="1").is_local, Profile(pid="1").address) == (True, "urn:uuid:1")
    assert (Profile(pid="1", rid="p").is_local, Profile(pid="1", rid="p").address) == (False, "Patient/p")
