import pytest

from mes_app.domain.identity import is_nir, is_usual_nir, mask_nir, parse_nir, show_nir

UNUSUAL = [("788056938301295", False), ("288206938301203", False), ("288050038301274", False)]


@pytest.mark.parametrize("nir", ["255081416802538", "124018852493334", "288056938301254", "184052A00412308"])
def test_a_number_with_its_key_is_a_nir(nir: str) -> None:
    assert is_nir(nir)


@pytest.mark.parametrize(
    "text",
    ["255081416802539", "25508141680253", "2550814168025380", "555081416802538", "184052C00412308", "", "é" * 15],
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_nir(text)


def test_a_number_is_masked_but_for_sex_and_year() -> None:
    assert mask_nir("288056938301254") == "2 88 •• •• ••• ••• ••"


def test_a_number_is_typed_with_its_spaces_and_shown_as_on_a_card() -> None:
    assert parse_nir("1 84 05 2a 004 123 08") == "184052A00412308"
    assert parse_nir("1 84 05 2A 004 123 09") is None
    assert show_nir("184052A00412308") == "1 84 05 2A 004 123 08"


@pytest.mark.parametrize(("nir", "usual"), [("255081416802538", True), ("184052A00412308", True), *UNUSUAL])
def test_a_provisional_number_or_a_month_that_is_none_is_not_usual(nir: str, usual: bool) -> None:
    assert is_nir(nir)
    assert is_usual_nir(nir) is usual
