"""Synthetic resources in any number, for load tests and benchmarks: plausible in shape, nobody's health."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from mes_backend.demo.elements import ICD10, LOINC, Json, coding, concept, hl7, make_id, quantity, reference
from mes_backend.demo.measures import MEASURES

ORIGIN = datetime(2016, 1, 1, 8, tzinfo=UTC)
_VALUES = {"weight": 70.0, "height": 170.0, "head_circ": 46.0, "heart_rate": 68.0, "temperature": 36.9, "spo2": 98.0}


def _begin(kind: str, patient: Json, index: int) -> Json:
    return {"resourceType": kind, "id": make_id("load", patient["id"], index), "subject": reference(patient)}


def _make_observation(patient: Json, index: int, day: datetime) -> Json:
    measure = tuple(MEASURES)[index % len(MEASURES)]
    code, name, unit, ucum = MEASURES[measure]
    return _begin("Observation", patient, index) | {
        "status": "final",
        "category": [hl7("observation-category", "vital-signs")],
        "code": concept(name, coding(LOINC, code)),
        "effectiveDateTime": day.isoformat(),
        "valueQuantity": quantity(round(_VALUES[measure] + index % 23 / 10, 1), unit, ucum),
    }


def _make_condition(patient: Json, index: int, day: datetime) -> Json:
    return _begin("Condition", patient, index) | {
        "clinicalStatus": hl7("condition-clinical", "resolved"),
        "code": concept("Rhinopharyngite aiguë", coding(ICD10, "J00")),
        "onsetDateTime": day.date().isoformat(),
        "abatementDateTime": (day + timedelta(days=6)).date().isoformat(),
    }


def _make_document(patient: Json, index: int, day: datetime) -> Json:
    return _begin("DocumentReference", patient, index) | {
        "status": "current",
        "type": concept("CR ou fiche de consultation ou de visite", coding(LOINC, "11488-4")),
        "date": day.isoformat(),
        "description": f"Consultation n° {index}",
        "content": [{"attachment": {"contentType": "text/plain", "title": f"Consultation n° {index}", "size": 0}}],
    }


def _make_patient(index: int) -> Json:
    return {
        "resourceType": "Patient",
        "id": make_id("load", "patient", index),
        "name": [{"use": "usual", "family": "Essai", "given": [f"Patient {index}"]}],
        "gender": "female" if index % 2 else "male",
        "birthDate": f"{1940 + index % 80}-0{1 + index % 9}-1{index % 10}",
    }


def _load_patient(index: int, resources: int) -> Iterator[Json]:
    patient = _make_patient(index)
    yield patient
    for number in range(resources - 1):
        day = ORIGIN + timedelta(hours=7 * number)
        make = {7: _make_document, 13: _make_condition}.get(number % 20, _make_observation)
        yield make(patient, number, day)


def dump_load(patients: int, resources: int) -> Iterable[Json]:
    """``resources`` resources for each patient, the Patient being one of them; nine in ten are Observations."""
    for index in range(patients):
        yield from _load_patient(index, resources)
