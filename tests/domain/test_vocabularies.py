from mes_app.domain.record import Kind
from mes_app.domain.values import Coded
from mes_app.domain.vocabularies import ROLE_CODE, VOCABULARIES, choice_words, find_choice, make_coded


def test_a_choice_keeps_its_code_and_its_words() -> None:
    mother = make_coded(Kind.FAMILY_HISTORY, "relation", "MTH")
    assert mother == Coded(text="Mère", code="MTH", system=ROLE_CODE)
    assert find_choice(Kind.FAMILY_HISTORY, "relation", mother.model_copy(update={"text": "Maman"})) == "MTH"


def test_a_choice_without_a_code_is_found_by_its_words() -> None:
    sleep = make_coded(Kind.HABITS, "topic", "sleep")
    assert sleep == Coded(text="Sommeil")
    assert find_choice(Kind.HABITS, "topic", sleep) == "sleep"


def test_what_is_none_of_the_choices_is_its_own_words() -> None:
    cousin = Coded(text="Petit-cousin", code="EXT")
    assert find_choice(Kind.FAMILY_HISTORY, "relation", cousin) == "Petit-cousin"
    assert make_coded(Kind.FAMILY_HISTORY, "relation", "Petit-cousin") == Coded(text="Petit-cousin")


def test_every_choice_is_found_again() -> None:
    for (kind, name), choices in VOCABULARIES.items():
        assert [find_choice(kind, name, make_coded(kind, name, choice)) for choice in choices] == list(choices)
        assert choice_words(kind, name, "autre") == "autre"
