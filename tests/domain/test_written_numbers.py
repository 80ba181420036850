"""Numbers and units as tables write them."""

from decimal import Decimal

import pytest

from mes_app.domain.written_numbers import is_there, read_number, read_pair, read_unit


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("72,50", (Decimal("72.50"), "")),
        (" 1 234,5 ", (Decimal("1234.5"), "")),
        ("1\u202f234 kg", (Decimal(1234), "kg")),
        ("36.9 °C", (Decimal("36.9"), "°C")),
        ("HI", None),
        ("> 600", None),
        ("1e5", (Decimal(1), "e5")),
        ("12 34", None),
        ("", None),
    ],
)
def test_a_number_keeps_its_digits_and_the_unit_beside_it(cell: str, said: tuple[Decimal, str] | None) -> None:
    assert read_number(cell) == said


def test_a_comma_is_that_of_thousands_only_where_numbers_are_whole() -> None:
    assert read_number("1,234") == (Decimal("1.234"), "")
    assert read_number("1,234", whole=True) == (Decimal(1234), "")


def test_a_blood_pressure_may_be_in_one_cell() -> None:
    assert read_pair("120/80 mmHg") == (Decimal(120), Decimal(80), "mmHg")
    assert read_pair("12,5 / 8") == (Decimal("12.5"), Decimal(8), "")
    assert read_pair("120") is None


def test_units_are_read_as_people_write_them() -> None:
    assert [read_unit(text) for text in ("mmHg", "MG/DL", "°F", "lbs", " Beats/Min", "furlong")] == [
        "mm[Hg]", "mg/dL", "[degF]", "[lb_av]", "/min", "",
    ]  # fmt: skip


def test_a_dash_is_nothing() -> None:
    assert [is_there(cell) for cell in ("-", "--", " N/A ", "", "0")] == [False] * 4 + [True]
