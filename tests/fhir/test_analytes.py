from decimal import Decimal

from mes_app.domain.laboratory import Place, Range
from mes_app.fhir.analytes import read_analytes
from mes_app.fhir.elements import Json

GLUCOSE: Json = {
    "resourceType": "Observation",
    "code": {"text": "Glycémie", "coding": [{"system": "http://loinc.org", "code": "14771-0"}]},
    "effectiveDateTime": "2026-11-03",
    "valueQuantity": {"value": Decimal("1.26"), "unit": "g/L", "system": "http://unitsofmeasure.org", "code": "g/L"},
    "referenceRange": [
        {"low": {"value": Decimal("0.7"), "unit": "g/L"}, "high": {"value": Decimal("1.1"), "unit": "g/L"}}
    ],
}


def test_a_result_has_its_code_its_value_and_its_range() -> None:
    (found,) = read_analytes(GLUCOSE)
    assert (found.name, found.code, found.date and found.date.text) == ("Glycémie", "14771-0", "2026-11-03")
    assert found.usual == Range(low=Decimal("0.7"), high=Decimal("1.1"), unit="g/L")
    assert found.place is Place.ABOVE


def test_the_interpretation_of_the_author_is_believed() -> None:
    (found,) = read_analytes(GLUCOSE | {"interpretation": [{"coding": [{"code": "N"}]}]})
    assert found.place is Place.WITHIN


def test_a_bound_or_a_word_is_an_answer_and_no_number() -> None:
    bound = {"value": Decimal(5), "comparator": "<", "unit": "mg/L"}
    (found,) = read_analytes(GLUCOSE | {"valueQuantity": bound})
    assert (found.value, found.answer, found.place) == (None, "< 5 mg/L", None)


def test_a_panel_in_components_is_a_line_for_each() -> None:
    parts = [{"code": {"text": name}, "valueQuantity": {"value": Decimal(1)}} for name in ("HDL", "LDL")]
    found = read_analytes({"code": {"text": "Lipides"}, "component": [*parts, {"code": {"text": "vide"}}]})
    assert [(each.name, each.group) for each in found] == [("HDL", "Lipides"), ("LDL", "Lipides")]


def test_a_report_that_only_gathers_results_has_no_line_of_its_own() -> None:
    assert read_analytes({"resourceType": "DiagnosticReport", "code": {"text": "Bilan"}}) == ()
