from decimal import Decimal
from typing import Any

import pytest

from mes_app.domain.values import Quantity
from mes_app.fhir.quantities import quantity_text, range_text, read_quantity, unit_of, value_text, write_quantity


def test_a_quantity_keeps_its_digits_and_its_ucum_unit() -> None:
    quantity = {"value": Decimal("72.50"), "unit": "kilos", "system": "http://unitsofmeasure.org", "code": "kg"}
    assert read_quantity(quantity) == Quantity(value=Decimal("72.50"), unit="kg")
    assert quantity_text(quantity) == "72.50 kilos"
    assert unit_of({"unit": "comprimé", "system": "urn:autre", "code": "CP"}) == "comprimé"


def test_a_bound_is_text_and_never_a_number() -> None:
    bound = {"value": 5, "comparator": "<", "unit": "mg/L"}
    assert read_quantity(bound) is None
    assert value_text({"valueQuantity": bound}) == "< 5 mg/L"


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        ({"low": {"value": Decimal("0.40"), "unit": "mUI/L"}, "high": {"value": 4}}, "0.40 mUI/L – 4"),
        ({"low": {"value": 1}}, "> 1"),
        ({"high": {"value": 1}}, "< 1"),
        ({"text": "négatif", "high": {"value": 1}}, "négatif"),
        ({}, ""),
    ],
)
def test_a_range_is_its_author_s_words_or_its_bounds(limits: dict[str, Any], text: str) -> None:
    assert range_text(limits) == text


@pytest.mark.parametrize(
    ("node", "text"),
    [
        ({"valueString": "ligne 1\nligne 2"}, "ligne 1\nligne 2"),
        ({"valueCodeableConcept": {"text": "Positif"}}, "Positif"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 64}}}, "1 : 64"),
        ({"valueRange": {"low": {"value": 4}, "high": {"value": 6}}}, "4 – 6"),
        ({"valueDateTime": "2026-01"}, "2026-01"),
        ({"valueQuantity": {"value": 1}}, ""),
        ({}, ""),
    ],
)
def test_any_other_value_reads_as_text(node: dict[str, Any], text: str) -> None:
    assert value_text(node) == text


def test_no_number_is_ever_written_with_an_exponent() -> None:
    assert quantity_text({"value": Decimal("1E+6"), "unit": "/L"}) == "1000000 /L"


def test_a_number_is_written_into_its_quantity_or_into_a_new_one_of_another_unit() -> None:
    former = {"value": 5, "comparator": "<", "unit": "millimètres", "system": "http://unitsofmeasure.org", "code": "mm"}
    kept = {"value": 6, "unit": "millimètres", "system": "http://unitsofmeasure.org", "code": "mm"}
    assert write_quantity(Decimal(6), "mm", former) == kept
    pressure = {"value": 12, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
    assert write_quantity(Decimal(12), "mm[Hg]", former) == pressure
    assert write_quantity(Decimal(1), "", {}) == {"value": 1}
