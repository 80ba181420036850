"""What may join another record, in words."""

import pytest

from mes_app.i18n.joining import name_joined, tell_difference


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("lid", "allergies", "Kiwi", "high"), "Kiwi"),
        (("lid", "documents", "", ""), "Élément sans nom"),
        (("details", "people", "", ""), "Coordonnées"),
        (("lid", "nothing_declared", "11450-4", "allergies"), "Je n’ai pas d’allergie"),
        (("lid", "nothing_declared", "x", "x"), "Rien à déclarer"),
        (("prevention", "", "", ""), "Repères de prévention"),
        (("of_another_parcel", "", "", ""), "Autres réglages"),
    ],
)
def test_each_thing_has_a_name(said: tuple[str, str, str, str], words: str) -> None:
    assert name_joined(*said) == words


def test_what_differs_is_told_as_each_says_it() -> None:
    assert tell_difference("name", "Zoé", "Tom") == "Nom\u00a0: Zoé ici, Tom dans le service."
    assert (
        tell_difference("birth", "2026-11-20", "")
        == "Naissance\u00a0: ven. 20 nov. 2026 ici, non précisé dans le service."
    )
    assert tell_difference("sex", "female", "unknown") == "Sexe\u00a0: féminin ici, non précisé dans le service."
