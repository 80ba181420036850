"""Folding: what a person types finds what the record says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Compte rendu", "compte rendu"),
        ("HÉMORRAGIE Évaluée", "hemorragie evaluee"),
        ("Œdème du cœur", "oedeme du coeur"),
        ("Lætitia", "laetitia"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Øre", "ore"),
        ("ﬁèvre", "fievre"),
        ("l’hémorragie", "l'hemorragie"),
        ("noe\u0308l", "noel"),
        ("№ 5 ℃", "no 5 °c"),
        ("", ""),
    ],
)
def test_case_accents_and_ligatures_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_part_of_a_text_is_found_in_it_once_both_are_folded(start: str, end: str) -> None:
    assert fold(start) + fold(end) == fold(start + end)
