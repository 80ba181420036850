"""A number that was badly copied is found out; one that is right is kept without its spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.professional_numbers import is_mssante, parse_finess, parse_rpps


@pytest.mark.parametrize("typed", ["99700218896", "997 002 188 96", "997.002.188-96"])
def test_an_rpps_number_is_its_eleven_figures(typed: str) -> None:
    assert parse_rpps(typed) == "99700218896"


@pytest.mark.parametrize("typed", ["750100125", "330780321", "75 010 012 5"])
def test_a_finess_number_is_its_nine_figures(typed: str) -> None:
    assert parse_finess(typed) == typed.replace(" ", "")


@pytest.mark.parametrize("typed", ["2A0000014", "2b0000020"])
def test_a_number_of_corsica_has_no_key(typed: str) -> None:
    assert parse_finess(typed) == typed.upper()


@pytest.mark.parametrize("typed", ["", "9970021889", "997002188960", "9970021889A", "٩٩٧٠٠٢١٨٨٩٦"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert parse_rpps(typed) is None
    assert parse_finess(typed) is None


@given(st.sampled_from(["99700218896", "750100125"]), st.data())
def test_one_wrong_figure_is_always_found_out(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    figure = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))
    typed = number[:place] + figure + number[place + 1 :]
    assert parse_rpps(typed) is None
    assert parse_finess(typed) is None


def test_an_address_of_mssante_is_known_by_its_domain() -> None:
    assert is_mssante("helene.roux@medecin.MSSANTE.fr")
    assert not is_mssante("helene.roux@mssante.fr.example")
    assert not is_mssante("helene.roux@example.fr")
