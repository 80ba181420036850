"""Measures in files of FHIR."""

import json
from decimal import Decimal
from typing import Any

import pytest

from mes_app.domain.measure_tables import Fault, Reading
from mes_app.errors import MesError, Reason
from mes_app.fhir.bodies import read_body
from mes_app.fhir.encoders import Owner
from mes_app.fhir.measure_files import adopt_measure, read_measure_file, read_measures

ME = Owner("Patient/me", "Patient/me")
WEIGHT = {
    "resourceType": "Observation",
    "id": "w",
    "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Poids"},
    "subject": {"reference": "Patient/x", "display": "Camille Martin"},
    "performer": [{"reference": "Practitioner/p"}],
    "effectiveDateTime": "2026-01-10T08:00:00+01:00",
    "valueQuantity": {"value": 61.50, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"},
    "bodySite": {"text": "unknown to us"},
}
DOCTOR = {"resourceType": "Practitioner", "id": "p", "name": [{"prefix": ["Dr"], "given": ["Awa"], "family": "Roux"}]}


def bundle(*resources: Any, kind: str = "collection") -> bytes:
    return json.dumps(
        {"resourceType": "Bundle", "type": kind, "entry": [{"resource": each} for each in resources]}
    ).encode()


def read(data: bytes) -> list[Reading | Fault | None]:
    return list(read_measures(read_measure_file(data), holder=True))


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(WEIGHT).encode(),
        b"\xef\xbb\xbf" + bundle(WEIGHT, kind="searchset"),
        json.dumps(WEIGHT).encode() + b"\n" + json.dumps(DOCTOR).encode() + b"\n\n",
    ],
    ids=["alone", "bundle", "ndjson"],
)
def test_an_observation_is_found_alone_in_a_bundle_or_one_a_line(data: bytes) -> None:
    (one,) = read(data)
    assert isinstance(one, Reading)
    assert (one.measure, one.date, one.value, one.unit) == (
        "weight", "2026-01-10T08:00:00+01:00", Decimal("61.5"), "kg",
    )  # fmt: skip


def test_periods_components_and_other_units_are_read_as_they_are() -> None:
    part = {"valueQuantity": {"value": 120, "code": "mm[Hg]", "system": "http://unitsofmeasure.org"}}
    pressure = WEIGHT | {
        "code": {"coding": [{"code": "85354-9"}]},
        "effectivePeriod": {"start": "2026-01-10T08:00:00Z", "end": "2026-01-10T08:10:00Z"},
        "component": [
            {"code": {"coding": [{"code": "8480-6"}]}} | part,
            {"code": {"coding": [{"code": "8462-4"}]}, "valueQuantity": {"value": 80}},
        ],
    }
    del pressure["effectiveDateTime"], pressure["valueQuantity"]
    pounds = WEIGHT | {"valueQuantity": {"value": 135.6, "unit": "lb"}}
    first, second = read(bundle(pressure, pounds))
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert (first.date, first.value, first.value2, first.unit) == (
        "2026-01-10T08:00:00Z",
        Decimal(120),
        Decimal(80),
        "mm[Hg]",
    )
    assert (second.value, second.unit) == (Decimal("135.6"), "lb")


def test_what_is_no_measure_or_wrong_is_told_apart() -> None:
    result = WEIGHT | {"code": {"coding": [{"code": "718-7"}]}, "category": [{"coding": [{"code": "laboratory"}]}]}
    wrong = WEIGHT | {"status": "entered-in-error"}
    empty = {name: value for name, value in WEIGHT.items() if name != "valueQuantity"}
    found = read(bundle(result, wrong, empty))
    assert found == [None, Fault(2, Reason.NOT_ACCEPTED), Fault(3, Reason.NOT_A_NUMBER)]
    assert read(json.dumps(WEIGHT).encode().replace(b"61.5", b"1e999999")) == [Fault(1, Reason.NOT_A_NUMBER)]
    assert read(json.dumps(WEIGHT).encode() + b"\n{broken\n")[1] == Fault(2, Reason.NOT_FHIR)


def test_z1_a_file_does_not_make_a_professional_say_anything() -> None:
    file = read_measure_file(bundle(WEIGHT, DOCTOR))
    (one,) = read_measures(file, holder=True)
    assert isinstance(one, Reading)
    assert one.origin == "Dr Awa Roux"
    adopted = read_body(adopt_measure(one.body, file, ME, "D’après le fichier : Dr Awa Roux"))
    assert (adopted["performer"], adopted["subject"]) == (
        [{"reference": "Patient/me"}], {"reference": "Patient/me"},
    )  # fmt: skip
    assert adopted["note"] == [{"text": "D’après le fichier : Dr Awa Roux"}]
    assert (adopted["bodySite"], "id" in adopted) == ({"text": "unknown to us"}, False)
    assert adopted["valueQuantity"]["value"] == Decimal("61.5")


def test_whom_a_file_names_is_known() -> None:
    person = {"resourceType": "Patient", "id": "x", "name": [{"text": "Zoé"}]}
    assert [read_body(body)["id"] for body in read_measure_file(bundle(WEIGHT, person)).patients] == ["x"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a": 1}', b"Date;Poids"])
def test_what_is_no_fhir_is_refused(data: bytes) -> None:
    with pytest.raises(MesError):
        read_measure_file(data)


def test_who_measured_is_told_after_all_notes_however_many() -> None:
    notes = [{"text": f"note {number}"} for number in range(150)]
    (one,) = read_measures(file := read_measure_file(bundle({**WEIGHT, "note": notes})), holder=True)
    assert isinstance(one, Reading)
    told = {"text": "D’après le fichier"}
    assert read_body(adopt_measure(one.body, file, ME, told["text"]))["note"] == [*notes, told]
