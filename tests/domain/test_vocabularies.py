from mes_app.domain.inputs import WRITABLE, list_names
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.record import Kind
from mes_app.domain.values import Coded
from mes_app.domain.vocabularies import find_choice, list_choices, make_coded
from mes_app.i18n.catalogue import catalogue

MOTHER = Coded(text="Mère", code="MTH", system="http://terminology.hl7.org/CodeSystem/v3-RoleCode")
FIELDS = [(kind, name) for kind in WRITABLE for name in list_names(kind) if list_choices(kind, name)]


def test_a_choice_keeps_its_code_and_its_words() -> None:
    assert make_coded(Kind.FAMILY_HISTORY, "relation", "MTH") == MOTHER
    assert find_choice(Kind.FAMILY_HISTORY, "relation", MOTHER.model_copy(update={"text": "Maman"})) == "MTH"


def test_a_choice_without_a_code_is_found_by_its_words() -> None:
    sleep = make_coded(Kind.HABITS, "topic", "sleep")
    assert sleep == Coded(text="Sommeil")
    assert find_choice(Kind.HABITS, "topic", sleep) == "sleep"


def test_what_is_none_of_the_choices_is_its_own_words() -> None:
    cousin = Coded(text="Petit-cousin", code="EXT")
    assert find_choice(Kind.FAMILY_HISTORY, "relation", cousin) == "Petit-cousin"
    assert make_coded(Kind.FAMILY_HISTORY, "relation", "Petit-cousin") == Coded(text="Petit-cousin")
    assert find_choice(Kind.ALLERGIES, "substance", Coded(text="Noix")) == "Noix"


def test_every_choice_is_found_again() -> None:
    for kind, name in FIELDS:
        choices = list_choices(kind, name)
        assert [find_choice(kind, name, make_coded(kind, name, choice)) for choice in choices] == list(choices)


def test_the_record_says_what_a_french_screen_says() -> None:
    assert len(FIELDS) == 9
    for kind, name in FIELDS:
        words = {choice: catalogue("fr")[f"sections.{kind}.{name}_{choice}"] for choice in list_choices(kind, name)}
        assert {choice: make_coded(kind, name, choice).text for choice in words} == words


def test_every_measure_has_a_name() -> None:
    assert list_choices(Kind.MEASURES, "measure") == tuple(MeasureType)
