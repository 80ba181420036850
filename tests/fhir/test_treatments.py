import json

from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.record import Kind, Source
from mes_app.domain.sections.treatments import Treatment, TreatmentStatus
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.codec import decode
from mes_app.fhir.elements import Json
from tests.fhir.encoding import CODED, DATES, DAYS, LINES, PRODUCTS, QUICK, TEXTS, check_writing, written
from tests.fhir.reading import body, opened, sample, shared, summary

HELD: dict[str, Json] = {
    "Medication": {"resourceType": "Medication", "code": {"text": "LEVOTHYROX 50 µg, comprimé"}},
    "Organization": {"resourceType": "Organization", "name": "Pharmacie des Lilas"},
}


def held(kind: str, _rid: str) -> Json | None:
    return HELD.get(kind)


def test_a_list_shows_the_medicine_and_how_it_is_taken() -> None:
    overview = summary("treatment")
    assert (overview.kind, overview.title, overview.subtitle) == (
        Kind.TREATMENTS,
        "Lévothyroxine 50 µg",
        "50 µg le matin",
    )
    assert (overview.date_text, overview.status, overview.source) == ("2019-06-11", "active", Source.SELF)


def test_a_declared_treatment_opens() -> None:
    assert opened("treatment") == Treatment(
        medicine=Coded(text="Lévothyroxine 50 µg", code="H03AA01", system="http://www.whocc.no/atc"),
        dosage="50 µg le matin",
        since=PartialDate(text="2019-06-11"),
        reason="Hypothyroïdie",
        status=TreatmentStatus.ACTIVE,
        source=Source.SELF,
        author="Camille MARTIN",
        recorded=PartialDate(text="2026-01-12"),
    )


def test_a_prescription_names_the_medicine_it_contains() -> None:
    overview = summary("prescription")
    assert overview.title == "DOLIPRANE 1000 mg, comprimé"
    assert overview.subtitle == "1 comprimé toutes les 6 heures voie orale"
    prescription = opened("prescription")
    assert isinstance(prescription, Treatment)
    assert prescription.medicine.code == "63187454"
    assert prescription.status is TreatmentStatus.COMPLETED


def test_a_dispensing_names_the_medicine_and_the_pharmacy_held_apart() -> None:
    dispensing = decode(Kind.TREATMENTS, body("dispense"), held)
    assert isinstance(dispensing, Treatment)
    assert dispensing.medicine.text == "LEVOTHYROX 50 µg, comprimé"
    assert dispensing.author == "Pharmacie des Lilas"
    assert dispensing.since == PartialDate(text="2026-02-02T11:05:00+01:00")


def test_a_medicine_nobody_holds_has_the_words_of_its_reference() -> None:
    overview = summary("dispense", medicationReference={"reference": "Medication/x", "display": "Kardégic"})
    assert overview.title == "Kardégic"
    assert summary("dispense").title == "MedicationDispense"


def test_a_treatment_ends_with_its_period_and_not_with_its_first_day() -> None:
    ended = opened("treatment", effectivePeriod={"start": "2019", "end": "2020"})
    single = opened("treatment", effectivePeriod=None, effectiveDateTime="2019")
    assert isinstance(ended, Treatment)
    assert isinstance(single, Treatment)
    assert (ended.until, single.until) == (PartialDate(text="2020"), None)


STATUSES = [TreatmentStatus(code) for code in ("active", "intended", "on-hold", "completed", "stopped", "not-taken")]
TREATMENTS = st.builds(
    Treatment,
    medicine=CODED,
    dosage=st.none() | TEXTS,
    since=st.none() | DATES,
    until=st.none() | DATES,
    reason=st.none() | LINES,
    product=st.none() | PRODUCTS,
    lot=st.none() | LINES,
    expires=st.none() | DAYS,
    status=st.sampled_from(STATUSES),
    note=st.none() | TEXTS,
    recorded=st.none() | DATES,
    source=st.just(Source.SELF),
)


@QUICK
@given(TREATMENTS, TREATMENTS)
def test_a_treatment_is_written_as_it_reads(first: Treatment, second: Treatment) -> None:
    check_writing(Kind.TREATMENTS, first, second.model_copy(update={"recorded": first.recorded}))


def test_only_an_end_is_no_start() -> None:
    ended = opened("treatment", effectivePeriod={"end": "2020"})
    assert isinstance(ended, Treatment)
    assert (ended.since, ended.until) == (None, PartialDate(text="2020"))


def test_other_words_for_the_dosage_leave_no_number_of_the_former_one() -> None:
    dose = {"text": "50 µg", "doseAndRate": [{"doseQuantity": {"value": 50, "unit": "µg"}}]}
    former = json.dumps(sample("treatment", dosage=[dose])).encode()
    changed = decode(Kind.TREATMENTS, former, shared).model_copy(update={"dosage": "75 µg"})
    assert written(Kind.TREATMENTS, changed, former)["dosage"] == [{"text": "75 µg"}]


def test_another_medicine_takes_the_place_of_the_one_inside_the_resource() -> None:
    inside = {"resourceType": "Medication", "id": "m", "code": {"text": "Aspirine"}}
    former = json.dumps(
        sample("treatment", medicationCodeableConcept=None, medicationReference={"reference": "#m"}, contained=[inside])
    ).encode()
    changed = decode(Kind.TREATMENTS, former, shared).model_copy(update={"medicine": Coded(text="Paracétamol")})
    resource = written(Kind.TREATMENTS, changed, former)
    assert resource["medicationCodeableConcept"] == {"text": "Paracétamol"}
    assert not resource.keys() & {"contained", "medicationReference"}


def test_another_reason_leaves_those_that_are_not_shown() -> None:
    former = json.dumps(sample("treatment", reasonCode=[{"text": "Fièvre"}, {"text": "Douleur"}])).encode()
    changed = decode(Kind.TREATMENTS, former, shared).model_copy(update={"reason": "Grippe"})
    assert written(Kind.TREATMENTS, changed, former)["reasonCode"] == [{"text": "Grippe"}, {"text": "Douleur"}]


def test_the_lot_of_a_box_is_in_a_medicine_inside_the_resource() -> None:
    former = json.dumps(sample("treatment", contained=[{"resourceType": "Organization", "id": "box"}])).encode()
    said = decode(Kind.TREATMENTS, former, shared)
    changed = said.model_copy(update={"product": "3400930000007", "lot": "W3R29", "expires": PartialDate(text="2027")})
    resource = written(Kind.TREATMENTS, changed, former)
    assert [inside["id"] for inside in resource["contained"]] == ["box-0", "box"]
    assert resource["contained"][0]["batch"] == {"lotNumber": "W3R29", "expirationDate": "2027"}
    assert written(Kind.TREATMENTS, said, json.dumps(resource).encode())["contained"] == resource["contained"][1:]


def test_another_lot_leaves_what_else_is_known_of_the_box() -> None:
    inside = {
        "resourceType": "Medication",
        "id": "m",
        "code": {"text": "Aspirine"},
        "form": {"text": "comprimé"},
        "batch": {"lotNumber": "A1"},
    }
    former = json.dumps(
        sample("treatment", medicationCodeableConcept=None, medicationReference={"reference": "#m"}, contained=[inside])
    ).encode()
    changed = decode(Kind.TREATMENTS, former, shared).model_copy(update={"lot": "B2"})
    assert written(Kind.TREATMENTS, changed, former)["contained"] == [inside | {"batch": {"lotNumber": "B2"}}]
