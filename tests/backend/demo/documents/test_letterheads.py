from collections.abc import Callable

import pytest

from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_organizations, list_professionals


@pytest.mark.parametrize("key", ["aubry", "legoff", "delorme", "garnier", "tanguy"])
def test_a_letterhead_names_the_institution_and_the_professional(key: str, print_text: Callable[..., str]) -> None:
    professional = list_professionals()[key]
    text = print_text(professional, lambda _: [])
    for word in (professional.name, professional.organization.name, professional.organization.phone, professional.rpps):
        assert word in text


def test_an_institution_writes_without_a_professional(print_text: Callable[..., str]) -> None:
    text = print_text(list_organizations()["mutuelle"], lambda _: [], to=("Camille Martin", "8 chemin des Vergers"))
    assert "Mutuelle Horizon Solidaire" in text
    assert "8 chemin des Vergers" in text
    assert "RPPS" not in text


def test_the_patient_is_told_with_all_traits(print_text: Callable[..., str], members: dict[str, Member]) -> None:
    text = print_text(members["camille"], lambda _: [])
    for word in ("MARTIN Camille", "11 juillet 1988", "DUBREUIL", members["camille"].nir):
        assert word in text
