"""What is proposed while a person types: whatever the accents, never more than a few, never instead of their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.inputs import WRITABLE, InputKind, list_inputs
from mes_app.domain.suggestions import MOST, accept, follow_vaccine, suggest

ROR = "Rougeole\nOreillons\nRubéole"
LISTS = ("conditions", "allergens", "medicines", "vaccines", "diseases", "specialities")


@pytest.mark.parametrize(
    ("listed", "typed", "first"),
    [
        ("conditions", "asth", "Asthme"),
        ("conditions", "EPILEP", "Épilepsie"),
        ("conditions", "coeli", "Maladie cœliaque"),
        ("conditions", "alzheimer", "Maladie d’Alzheimer"),
        ("allergens", "oeu", "Œuf"),
        ("allergens", "peni", "Pénicilline"),
        ("medicines", "levothy", "Lévothyroxine"),
        ("medicines", "aspirine", "Acide acétylsalicylique (aspirine)"),
        ("vaccines", "hpv", "Papillomavirus humains (HPV)"),
        ("diseases", "tet", "Tétanos"),
    ],
)
def test_a_few_letters_are_enough_whatever_the_accents(listed: str, typed: str, first: str) -> None:
    assert suggest(listed, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "a", " é ", "Asthme", "zzz", "ancer"])
def test_nothing_is_proposed_before_two_letters_nor_for_what_is_there_or_unknown(typed: str) -> None:
    assert suggest("conditions", typed) == () or typed == "Asthme"
    assert "Asthme" not in suggest("conditions", typed)


def test_a_field_without_a_list_proposes_nothing() -> None:
    assert suggest("", "asth") == ()


def test_of_several_lines_the_last_one_is_completed_with_what_is_not_yet_there() -> None:
    assert suggest("diseases", "Rougeole\nru") == ("Rubéole",)
    assert suggest("diseases", "Rougeole\nroug") == ()
    assert accept("Rougeole\nru", "Rubéole") == "Rougeole\nRubéole"
    assert accept("ru", "Rubéole") == "Rubéole"


def test_a_vaccine_that_says_its_diseases_fills_them_and_takes_them_back() -> None:
    chosen = follow_vaccine({"vaccine": "RO"}, {"vaccine": "ROR"})
    assert chosen == {"vaccine": "ROR", "diseases": ROR}
    assert follow_vaccine(chosen, chosen | {"vaccine": "BCG"})["diseases"] == "Tuberculose"
    assert follow_vaccine(chosen, chosen | {"vaccine": "ROR 2"})["diseases"] == ""


def test_diseases_that_a_person_wrote_stay() -> None:
    typed = {"vaccine": "RO", "diseases": "Rougeole"}
    assert follow_vaccine(typed, typed | {"vaccine": "ROR"}) == {"vaccine": "ROR", "diseases": "Rougeole"}
    assert follow_vaccine(typed, typed | {"lot": "A"}) == typed | {"lot": "A"}
    assert follow_vaccine({}, {"substance": "Lait"}) == {"substance": "Lait"}


def test_fields_of_words_propose_and_others_do_not() -> None:
    asked = [each for kind in sorted(WRITABLE) for each in list_inputs(kind)]
    assert {each.suggested for each in asked} == {"", *LISTS}
    assert {each.kind for each in asked if each.suggested} <= {InputKind.TEXT, InputKind.LINES}


@given(st.sampled_from(LISTS), st.text(max_size=30))
def test_whatever_is_typed_a_few_are_proposed_that_a_choice_settles(listed: str, typed: str) -> None:
    proposed = suggest(listed, typed)
    assert len(set(proposed)) == len(proposed) <= MOST
    for words in proposed:
        assert suggest(listed, accept(typed, words)) == ()
