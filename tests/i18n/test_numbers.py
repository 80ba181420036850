from decimal import Decimal

import pytest

from mes_app import i18n
from mes_app.i18n.numbers import write_number


@pytest.mark.parametrize(
    ("value", "words"), [(Decimal("1234.50"), "1\u202f234,5"), (Decimal("0.125"), "0,125"), (12, "12")]
)
def test_numbers_have_french_separators(value: Decimal | int, words: str) -> None:
    assert i18n.decimal(value) == words


@pytest.mark.parametrize(
    ("count", "words"), [(12, "12 octets"), (34_400, "34 ko"), (5_000_000, "5 Mo"), (1_240_000, "1,2 Mo")]
)
def test_sizes_are_in_thousands_of_octets(count: int, words: str) -> None:
    assert i18n.size(count) == words


def test_digits_are_kept_with_the_decimal_mark_of_the_language() -> None:
    assert write_number("72.50") == "72,50"
    assert write_number("128") == "128"
