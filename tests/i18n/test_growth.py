"""The growth of a child in words."""

import pytest

from mes_app.i18n.growth import growth_age, growth_place


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ((0, 0, 0), "naissance"),
        ((0, 0, 1), "1 jour"),
        ((0, 0, 30), "30 jours"),
        ((0, 1, 31), "1 mois"),
        ((1, 2, 425), "14 mois"),
        ((2, 0, 731), "2 ans"),
        ((3, 2, 1157), "3 ans et 2 mois"),
    ],
)
def test_an_age_is_told_as_people_tell_it(age: tuple[int, int, int], words: str) -> None:
    assert growth_age(*age) == words


def test_a_place_is_told_by_its_lines() -> None:
    assert growth_place(15, 50) == "entre la 15e et la 50e ligne"
    assert growth_place(None, 3) == "sous la 3e ligne"
    assert growth_place(97, None) == "au-dessus de la 97e ligne"
