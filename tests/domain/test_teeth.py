from itertools import pairwise
from math import dist

import pytest

from mes_app.domain.record import Kind
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.teeth import (
    COUNTS,
    Dentition,
    ToothState,
    find_dentition,
    find_number,
    find_state,
    list_jaws,
    place_on_arch,
)
from mes_app.domain.values import Coded, PartialDate
from mes_app.domain.vocabularies import list_choices, make_coded

DAY = PartialDate(text="2026-03")


def make_tooth(number: str, **dates: PartialDate) -> Tooth:
    return Tooth(tooth=make_coded(Kind.TEETH, "tooth", number), **dates)


def test_there_are_twenty_milk_teeth_and_thirty_two_others_all_of_them_with_words() -> None:
    found = [tooth for dentition in Dentition for jaw in list_jaws(dentition) for tooth in jaw.teeth]
    assert len(found) == 52
    assert sorted(found) == sorted(list_choices(Kind.TEETH, "tooth"))


def test_a_jaw_is_seen_from_the_front_the_right_of_the_child_first() -> None:
    upper, lower = list_jaws(Dentition.MILK)
    assert upper.teeth == ("55", "54", "53", "52", "51", "61", "62", "63", "64", "65")
    assert lower.teeth == ("85", "84", "83", "82", "81", "71", "72", "73", "74", "75")
    assert (upper.upper, lower.upper) == (True, False)


def test_a_tooth_is_known_by_its_number_and_its_set() -> None:
    assert find_number(make_tooth("51")) == "51"
    assert find_number(make_tooth("11")) == "11"
    assert find_number(Tooth(tooth=Coded(text="Surnuméraire"))) == "Surnuméraire"
    assert (find_dentition("85"), find_dentition("48")) == (Dentition.MILK, Dentition.PERMANENT)


def test_a_tooth_is_out_once_it_is_noted_and_fallen_once_that_is() -> None:
    assert find_state([]) is ToothState.UNKNOWN
    assert find_state([make_tooth("51")]) is ToothState.OUT
    assert find_state([make_tooth("51", since=DAY)]) is ToothState.OUT
    assert find_state([make_tooth("51", since=DAY), make_tooth("51", until=DAY)]) is ToothState.FALLEN


@pytest.mark.parametrize("dentition", Dentition)
def test_teeth_stand_evenly_on_their_arch(dentition: Dentition) -> None:
    places = place_on_arch(2 * COUNTS[dentition], 280, 300)
    assert places[0] == pytest.approx((0, 300))
    assert places[-1] == pytest.approx((280, 300))
    apart = [dist(one, other) for one, other in pairwise(places)]
    assert max(apart) < 1.1 * min(apart)
    assert all(
        left[0] + right[0] == pytest.approx(280, abs=2) for left, right in zip(places, reversed(places), strict=True)
    )
