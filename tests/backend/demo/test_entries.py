from typing import Any

import fhirkit

from mes_backend.demo.elements import concept
from mes_backend.demo.entries import (
    begin,
    build_allergy,
    build_blood_group,
    build_condition,
    build_exam_done,
    build_family_history,
    build_habit,
    build_procedure,
    build_stay,
    build_treatment,
    build_vaccine,
    build_wish,
    declare_no_allergy,
    declare_nothing,
)
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import list_professionals

NUTS = concept("Noix")


def test_an_entry_belongs_to_its_member(members: dict[str, Member]) -> None:
    entry = begin(members["leo"], "Immunization", "1", "patient")
    assert entry["patient"] == {"reference": members["leo"].reference["reference"]}


def test_an_allergy_is_confirmed_only_by_a_professional(members: dict[str, Member]) -> None:
    camille, doctor = members["camille"], list_professionals()["noel"].reference
    facts: dict[str, Any] = {
        "category": "food",
        "criticality": "high",
        "severity": "severe",
        "reactions": ["Œdème"],
        "since": "2020",
    }
    said, confirmed = (build_allergy(camille, "1", NUTS, **facts, by=by) for by in (camille.reference, doctor))
    codes = [one["verificationStatus"]["coding"][0]["code"] for one in (said, confirmed)]
    assert codes == ["unconfirmed", "confirmed"]


def test_nothing_to_declare_is_said_with_a_day(members: dict[str, Member]) -> None:
    jeanne = members["jeanne"]
    none = declare_no_allergy(jeanne, "2026-09-21", jeanne.reference)
    assert none["code"]["coding"][0]["code"] == "716186003"
    empty = declare_nothing(jeanne, "10160-0", "2026-09-21")
    assert empty["emptyReason"]["coding"][0]["code"] == "nilknown"
    assert (empty["code"]["coding"][0]["code"], empty["date"]) == ("10160-0", "2026-09-21")


def test_a_condition_with_an_end_is_resolved(members: dict[str, Member]) -> None:
    by = members["leo"].reference
    over = build_condition(members["leo"], "1", NUTS, since="2020", until="2021", by=by)
    assert over["clinicalStatus"]["coding"][0]["code"] == "resolved"
    assert build_condition(members["leo"], "1", NUTS, since="2020", by=by).get("abatementDateTime") is None


def test_a_treatment_names_its_reason(members: dict[str, Member]) -> None:
    by = members["leo"].reference
    asthma = build_condition(members["leo"], "1", concept("Asthme"), since="2020", by=by)
    treatment = build_treatment(members["leo"], "1", NUTS, dosage="Un", since="2020", by=by, reason=asthma)
    assert treatment["reasonReference"][0]["display"] == "Asthme"
    assert treatment["status"] == "active"


def test_a_vaccine_without_a_performer_was_declared(members: dict[str, Member]) -> None:
    vaccine = build_vaccine(members["leo"], "1", NUTS, day="2020", diseases=("Grippe",), series="IMMUNIZ", dose=1)
    assert vaccine["primarySource"] is False
    assert "lotNumber" not in vaccine


def test_every_other_entry_is_valid_fhir(members: dict[str, Member]) -> None:
    leo, doctor = members["leo"], list_professionals()["cherif"]
    made = [
        build_procedure(leo, "1", NUTS, day="2020", by=doctor.reference, place=doctor.organization.place),
        build_stay(leo, "1", "Asthme", start="2020-01-01T08:00:00Z", end="2020-01-02T08:00:00Z", professional=doctor),
        build_family_history(leo, "MTH", "Mère", {"Asthme": ""}),
        build_habit(leo, "1", concept("Sommeil"), "Dix heures", day="2020", by=leo.reference),
        build_blood_group(leo, "O Rhésus positif", "2020", doctor.reference),
        build_wish(leo, "1", concept("Don d’organes"), "2020"),
        build_exam_done(leo, "exam-01", "Premier examen", "2020-01-01", doctor.reference),
    ]
    assert [str(issue) for entry in made for issue in fhirkit.validate(entry)] == []
