from decimal import Decimal

import pytest

from mes_app import i18n


@pytest.mark.parametrize(
    ("value", "unit", "second", "words"),
    [
        (Decimal("12.50"), "kg", None, "12,5\u202fkg"),
        (Decimal(128), "mm[Hg]", Decimal(82), "128/82\u202fmmHg"),
        (Decimal(3), "1", None, "3"),
        (Decimal(7), "furlong", None, "7\u202ffurlong"),
        (37.5, "Cel", None, "37,5\u202f°C"),
        (Decimal(286), "[IU]/mL", None, "286\u202fUI/mL"),
    ],
)
def test_a_measure_is_written_with_the_unit_people_know(
    value: Decimal, unit: str, second: Decimal | None, words: str
) -> None:
    assert i18n.quantity(value, unit, second) == words


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("date", "2019-05", "mai 2019"),
        ("number", "2.50", "2,5"),
        ("choice", "sections.allergies.criticality_high", "élevé"),
        ("choice", "sections.allergies.criticality_purple", "purple"),
        ("yes", "", "oui"),
        ("text", "tel quel", "tel quel"),
    ],
)
def test_a_field_is_told_in_words_and_an_unknown_choice_by_its_code(kind: str, value: str, words: str) -> None:
    assert i18n.field_value(kind, value) == words
