from mes_app.domain.values import Coded
from mes_app.fhir.concepts import all_codes, code_of, codes, concept_text, read_coded, read_coded_list

BOTH = {"text": "Pénicilline", "coding": [{"code": "1", "system": "urn:a", "display": "Penicillin"}, {"code": "2"}]}


def test_the_author_s_own_words_come_before_names_of_codes_and_bare_codes() -> None:
    assert concept_text(BOTH) == "Pénicilline"
    assert concept_text({"coding": [{"code": "1"}, {"code": "2", "display": "Penicillin"}]}) == "Penicillin"
    assert concept_text({"coding": [{"code": "E06.3"}]}) == "E06.3"
    assert concept_text([{}, {"text": "second"}]) == "second"
    assert concept_text("seulement du texte") == "seulement du texte"
    assert concept_text({"coding": "E06.3"}) == concept_text(None) == ""


def test_a_concept_keeps_its_first_code_and_system() -> None:
    assert read_coded(BOTH) == Coded(text="Pénicilline", code="1", system="urn:a")
    assert read_coded("texte") == Coded(text="texte")
    assert read_coded_list({"role": [BOTH, {}]}, "role") == (read_coded(BOTH),)


def test_every_code_is_found_whatever_its_system() -> None:
    assert codes(BOTH) == ["1", "2"]
    assert code_of(BOTH) == "1"
    assert all_codes({"category": [BOTH, {"coding": {"code": "3"}}, "x"]}, "category") == {"1", "2", "3"}
