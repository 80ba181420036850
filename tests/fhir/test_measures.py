from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_types import SCALES, MeasureType
from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import PartialDate
from mes_app.fhir.bodies import write_body
from mes_app.fhir.measures import read_ranges
from tests.fhir.encoding import DATES, LINES, OWNER, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import opened, sample, summary


def test_a_blood_pressure_has_two_numbers_in_any_order_of_its_parts() -> None:
    overview = summary("blood_pressure")
    assert (overview.category, overview.value, overview.value2, overview.unit) == ("bp", 124, 78, "mm[Hg]")
    measure = opened("blood_pressure")
    assert isinstance(measure, Measure)
    assert (measure.measure, measure.value, measure.value2) == (MeasureType.BLOOD_PRESSURE, Decimal(124), Decimal(78))
    assert (measure.source, measure.author) == (Source.DEVICE, "Camille MARTIN")  # who wore what measured it


def test_each_number_has_the_range_its_author_states_for_it() -> None:
    systolic, diastolic = sample("blood_pressure")["component"][::-1]
    ranged = diastolic | {"referenceRange": [{"high": {"value": 90, "code": "mm[Hg]"}}, {"high": {"value": 99}}]}
    pressure = sample("blood_pressure") | {"component": [ranged, systolic]}
    assert read_ranges(pressure) == (Range(), Range(high=Decimal(90), unit="mm[Hg]"))
    assert read_ranges({"referenceRange": [{"text": "selon l’âge"}]}) == (Range(text="selon l’âge"),)


def test_half_a_blood_pressure_is_no_number_and_is_told_in_words() -> None:
    half = sample("blood_pressure")["component"][:1]
    overview = summary("blood_pressure", component=half)
    assert (overview.value, overview.value2, overview.subtitle) == (None, None, "8462-4 : 78 mmHg")


def test_a_number_is_opened_exactly_as_written() -> None:
    measure = opened("weight")
    assert isinstance(measure, Measure)
    assert str(measure.value) == "72.50"
    assert (measure.title, measure.unit, measure.author) == ("Poids", "kg", "Balance connectée")
    assert summary("weight").source is Source.DEVICE


def test_what_a_device_measured_is_its_own_word_unless_a_professional_used_it() -> None:
    told = summary(
        "weight", identifier=[{}, {"system": "urn:hub", "value": "7"}], performer=[{"reference": "Patient/c"}]
    )
    assert (told.source, told.unique_id, told.organization) == (Source.DEVICE, "urn:hub|7", "Device/balance")
    by = summary("weight", performer=[{"reference": "Practitioner/roux"}])
    assert (by.source, by.unique_id, by.organization) == (Source.PROFESSIONAL, "", "")
    typed = summary("weight", device=None, performer=[{"reference": "Patient/c"}], identifier=[{"value": "7"}])
    assert (typed.source, typed.unique_id, typed.organization) == (Source.SELF, "", "")


def test_the_reason_the_moment_and_the_days_are_told_and_stay_when_the_value_is_corrected() -> None:
    base = "https://interop.esante.gouv.fr/ig/fhir/mesures/StructureDefinition/mesures-"
    moment = {"coding": [{"system": "urn:ours", "code": "X", "display": "Avant le repas"}]}
    extensions = [
        {"url": f"{base}reason-for-measurement", "valueString": "Contrôle du matin"},
        {"url": f"{base}moment-of-measurement", "valueCodeableConcept": moment},
        {"url": f"{base}number-of-days", "valueInteger": 7},
        {"url": "https://example.org/other", "valueString": "autre"},
    ]
    said = opened("weight", extension=extensions)
    assert isinstance(said, Measure)
    assert (said.reason, said.moment, said.days) == ("Contrôle du matin", "Avant le repas", "7")
    raw = write_body(sample("weight", extension=extensions))
    changed = written(Kind.MEASURES, said.model_copy(update={"value": Decimal("71.0")}), raw)
    assert changed["extension"] == extensions


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"valueCoding": {"code": "AR"}}, "AR"),
        ({"valueCode": "jeun"}, "jeun"),
        ({"valueQuantity": {"value": 14, "unit": "jours"}}, "14 jours"),
        ({"valueBoolean": True}, None),
        ({}, None),
    ],
)
def test_an_extension_is_told_whatever_its_value_is(value: dict[str, object], words: str | None) -> None:
    measure = opened("weight", extension=[{"url": "https://x/mesures-moment-of-measurement", **value}])
    assert isinstance(measure, Measure)
    assert measure.moment == words


def test_a_count_and_words_are_measures_too() -> None:
    steps = opened("weight", valueQuantity=None, valueInteger=6500)
    refused = opened("weight", valueQuantity=None, valueString="refus")
    assert isinstance(steps, Measure)
    assert isinstance(refused, Measure)
    assert (steps.value, steps.text) == (Decimal(6500), None)
    assert (refused.value, refused.text) == (None, "refus")
    assert summary("weight", valueQuantity=None, valueString="refus").subtitle == "refus"


def test_a_measure_that_is_none_of_ours_keeps_its_own_name() -> None:
    measure = opened("weight", code={"text": "Tour de bras"})
    assert isinstance(measure, Measure)
    assert (measure.measure, measure.title) == (None, "Tour de bras")


def measure_entry(**fields: Any) -> Measure:
    return Measure(
        **{"source": Source.SELF, "measure": MeasureType.WEIGHT, "title": "Poids", "value": 72, "unit": "kg"} | fields
    )


@st.composite
def entries(draw: st.DrawFn) -> Measure:
    measure = draw(st.sampled_from(list(SCALES)))
    numbers = st.decimals(0, 300, places=2)
    return measure_entry(
        measure=measure,
        title=draw(LINES),
        unit=SCALES[measure].unit,
        date=draw(st.none() | DATES),
        value=draw(numbers),
        value2=draw(numbers) if measure is MeasureType.BLOOD_PRESSURE else None,
        note=draw(st.none() | TEXTS),
    )


@QUICK
@given(entries(), entries())
def test_what_is_typed_is_written_and_opens_again(first: Measure, second: Measure) -> None:
    check_writing(Kind.MEASURES, first, second)


def test_a_measure_is_written_by_its_code_and_unit() -> None:
    weight = written(Kind.MEASURES, measure_entry(value=Decimal("72.50"), date=PartialDate(text="2026-03-01")))
    assert weight["code"] == {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Poids"}
    assert weight["category"][0]["coding"][0]["code"] == "vital-signs"
    assert (weight["performer"], weight["subject"]) == ([{"reference": OWNER.author}], {"reference": OWNER.patient})
    quantity = {"value": Decimal("72.50"), "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
    assert (weight["valueQuantity"], str(weight["valueQuantity"]["value"])) == (quantity, "72.50")


def test_a_measure_without_a_known_system_of_codes_claims_none() -> None:
    gmi = written(Kind.MEASURES, measure_entry(measure=MeasureType.GLUCOSE_MANAGEMENT, unit="%"))
    assert gmi["code"]["coding"] == [{"code": "MED-972"}]


def test_another_pressure_keeps_what_else_was_said_with_it() -> None:
    former = opened("blood_pressure")
    mean = {"code": {"text": "Pression moyenne"}, "valueQuantity": {"value": 93, "unit": "mmHg"}}
    resource = sample("blood_pressure")
    resource["component"].append(mean)
    said = former.model_copy(update={"value": Decimal(126), "note": "Au repos"})
    changed = written(Kind.MEASURES, said, write_body(resource))
    diastolic, systolic = resource["component"][:2]
    systolic["valueQuantity"]["value"] = 126
    assert changed == resource | {"component": [systolic, diastolic, mean], "note": [{"text": "Au repos"}]}


def test_a_number_takes_the_place_of_words_and_of_what_was_thought_of_them() -> None:
    refused = sample("weight", valueQuantity=None, valueString="refus", interpretation=[{"text": "sans objet"}])
    said = measure_entry(
        value=Decimal(72), author="Balance connectée", source=Source.DEVICE, device="Balance connectée"
    )
    said = said.model_copy(update={"date": PartialDate(text="2026-03-01")})
    changed = written(Kind.MEASURES, said, write_body(refused))
    assert not {"valueString", "interpretation"} & changed.keys()
    words = said.model_copy(update={"value": None, "unit": "", "text": "refus"})
    assert written(Kind.MEASURES, words, write_body(changed))["valueString"] == "refus"


def test_a_pressure_becomes_a_weight_when_that_is_what_it_was() -> None:
    former = write_body(
        written(
            Kind.MEASURES,
            measure_entry(measure=MeasureType.BLOOD_PRESSURE, title="Tension", value=12, value2=8, unit="mm[Hg]"),
        )
    )
    assert "component" not in written(Kind.MEASURES, measure_entry(), former)


def test_a_weight_keeps_the_parts_that_came_with_it() -> None:
    fat = [{"code": {"text": "Masse grasse"}, "valueQuantity": {"value": 20, "unit": "%"}}]
    former = written(Kind.MEASURES, measure_entry()) | {"component": fat}
    assert written(Kind.MEASURES, measure_entry(value=73), write_body(former))["component"] == fat
