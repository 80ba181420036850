import pytest

from mes_app.domain.identity import is_nir, mask_nir


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
