import json
from typing import Any

import httpx
import pytest

from mes_backend.fhir.parameters import SHARED
from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, binary, check_fhir, document, list_ids, observation, parent_of, patient

Json = dict[str, Any]


def put(client: httpx.Client, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.put("/Observation/o1", json=observation(id="o1"), headers=named)


def test_a_creation_tells_where_and_when(camille: httpx.Client, server: Server) -> None:
    answer = camille.post("/Observation", json=observation())
    body = answer.json()
    check_fhir(body)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{server.url}/Observation/{body['id']}/_history/1"
    assert answer.headers["etag"] == 'W/"1"'
    assert answer.headers["last-modified"] == "Fri, 20 Nov 2026 10:00:00 GMT"
    assert camille.get(answer.headers["location"]).json() == body


def test_a_creation_ignores_the_id_it_is_given(camille: httpx.Client) -> None:
    assert camille.post("/Observation", json=observation(id="mine")).json()["id"] != "mine"


def test_a_creation_happens_once_for_one_identifier(camille: httpx.Client) -> None:
    body = observation(identifier=[{"system": "urn:op", "value": "1"}])
    once = {"If-None-Exist": "identifier=urn:op|1"}
    first = camille.post("/Observation", json=body, headers=once)
    second = camille.post("/Observation", json=body, headers=once)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    camille.post("/Observation", json=body)
    assert camille.post("/Observation", json=body, headers=once).status_code == 412


@pytest.mark.parametrize("condition", ["_count=1", "unknown=1", "identifier:of=1"])
def test_a_condition_that_says_nothing_certain_is_refused(camille: httpx.Client, condition: str) -> None:
    answer = camille.post("/Observation", json=observation(), headers={"If-None-Exist": condition})
    assert answer.status_code == 400


def test_l6_a_condition_looks_no_further_than_its_author(server: Server) -> None:
    seed_resources(server.store, [observation("stranger", id="theirs", identifier=[{"value": "1"}])])
    answer = server.camille.post("/Observation", json=observation(), headers={"If-None-Exist": "identifier=1"})
    assert answer.status_code == 201


def test_an_update_creates_then_replaces(camille: httpx.Client) -> None:
    assert [put(camille).status_code, put(camille).status_code] == [201, 200]
    assert camille.get("/Observation/o1").headers["etag"] == 'W/"2"'
    assert camille.get("/Observation/o1/_history/1").headers["etag"] == 'W/"1"'


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If_Match", 'W/"1"', 200),
        ("If_Match", '"1"', 200),
        ("If_Match", 'W/"7", W/"1"', 200),
        ("If_Match", "*", 200),
        ("If_Match", 'W/"2"', 412),
        ("If_None_Match", "*", 412),
        ("If_None_Match", 'W/"2"', 200),
    ],
)
def test_an_update_keeps_its_precondition(camille: httpx.Client, header: str, value: str, status: int) -> None:
    put(camille)
    assert put(camille, **{header: value}).status_code == status
    assert camille.get("/Observation/o1").headers["etag"] == ('W/"2"' if status == 200 else 'W/"1"')


def test_a_precondition_on_what_does_not_exist_fails(camille: httpx.Client) -> None:
    assert put(camille, If_Match='W/"1"').status_code == 412
    assert put(camille, If_None_Match="*").status_code == 201


def test_a_deleted_resource_is_gone_and_can_come_back(camille: httpx.Client) -> None:
    put(camille)
    assert camille.delete("/Observation/o1", headers={"If-Match": 'W/"9"'}).status_code == 412
    gone = camille.delete("/Observation/o1", headers={"If-Match": 'W/"1"'})
    assert (gone.status_code, gone.headers["etag"], gone.content) == (204, 'W/"2"', b"")
    for path in ("/Observation/o1", "/Observation/o1/_history/2"):
        assert camille.get(path).status_code == 410
    assert camille.delete("/Observation/o1").headers["etag"] == 'W/"2"'
    assert put(camille, If_None_Match="*").status_code == 201
    assert camille.get("/Observation/o1").headers["etag"] == 'W/"3"'
    assert camille.delete("/Observation/unknown").status_code == 404


@pytest.mark.parametrize(
    ("prefer", "kind"),
    [("", "Observation"), ("return=representation", "Observation"), ("return=OperationOutcome", "OperationOutcome")],
)
def test_the_answer_is_the_one_preferred(camille: httpx.Client, prefer: str, kind: str) -> None:
    assert put(camille, Prefer=prefer).json()["resourceType"] == kind


def test_a_minimal_answer_is_empty(camille: httpx.Client) -> None:
    answer = put(camille, Prefer="return=minimal")
    assert (answer.content, answer.headers["etag"]) == (b"", 'W/"1"')


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (observation(), 400),
        (observation(id="o2"), 400),
        ({"resourceType": "Patient", "id": "o1"}, 400),
        ({"id": "o1"}, 400),
        (observation("nobody", id="o1"), 404),
        ({"resourceType": "Observation", "id": "o1"}, 422),
    ],
)
def test_a_body_that_does_not_fit_is_refused(camille: httpx.Client, body: Json, status: int) -> None:
    answer = camille.put("/Observation/o1", json=body)
    assert answer.status_code == status
    check_fhir(answer.json())
    assert camille.get("/Observation/o1").status_code == 404


def test_an_id_has_a_form(camille: httpx.Client) -> None:
    assert camille.put("/Observation/a_b", json=observation(id="a_b")).status_code == 400


@pytest.mark.parametrize("type_", sorted(SHARED))
def test_l6_directories_are_not_written(camille: httpx.Client, type_: str) -> None:
    assert camille.post(f"/{type_}", json={"resourceType": type_}).status_code == 403
    assert camille.put(f"/{type_}/new", json={"resourceType": type_, "id": "new"}).status_code == 403


def test_l6_what_others_share_is_not_replaced(camille: httpx.Client) -> None:
    assert camille.put("/Practitioner/doctor", json={"resourceType": "Practitioner", "id": "doctor"}).status_code == 403
    assert camille.delete("/Organization/hospital").status_code == 403


def test_a_device_of_ones_own_is_written(camille: httpx.Client) -> None:
    scale = {"resourceType": "Device", "identifier": [{"value": "s"}], "patient": {"reference": "Patient/leo"}}
    assert camille.post("/Device", json=scale).status_code == 201
    assert len(list_ids(camille.get("/Device?patient=leo&identifier=s"))) == 1


@pytest.mark.parametrize("type_", ["Person", "AuditEvent"])
def test_l6_rights_and_traces_are_not_written(camille: httpx.Client, type_: str) -> None:
    mine = {"resourceType": type_, "id": "camille"}
    assert camille.post(f"/{type_}", json=mine).status_code == 403
    assert camille.put(f"/{type_}/camille", json=mine).status_code == 403
    assert camille.delete(f"/{type_}/camille").status_code == 403


def test_l6_nobody_writes_what_makes_a_representative(camille: httpx.Client) -> None:
    moved = parent_of("stranger", "camille") | {"id": "camille-leo"}
    for name in ("camille-leo", "alex-leo"):
        assert camille.put(f"/RelatedPerson/{name}", json=moved | {"id": name}).status_code in (403, 404)
        assert camille.delete(f"/RelatedPerson/{name}").status_code == 403
    assert camille.get("/Patient/stranger").status_code == 404
    aunt = parent_of("leo", "aunt")
    assert camille.put("/RelatedPerson/aunt-leo", json=aunt).status_code == 201


@pytest.mark.parametrize("change", [{"birthDate": "2025-01-01"}, {"identifier": [{"value": "1"}]}, {"gender": "male"}])
def test_l6_identity_is_corrected_by_the_administration_only(camille: httpx.Client, change: Json) -> None:
    assert camille.put("/Patient/leo", json=patient("leo", "2017-05-04") | change).status_code == 422


def test_contact_data_of_a_record_is_ones_own_to_change(camille: httpx.Client) -> None:
    body = patient("leo", "2017-05-04") | {"telecom": [{"system": "phone", "value": "01"}]}
    assert camille.put("/Patient/leo", json=body).status_code == 200


def test_l6_records_are_opened_and_closed_by_the_administration(camille: httpx.Client) -> None:
    assert camille.post("/Patient", json=patient("new", "2020-01-01")).status_code == 403
    assert camille.put("/Patient/new", json=patient("new", "2020-01-01")).status_code == 404
    assert camille.delete("/Patient/leo").status_code == 403


@pytest.mark.parametrize("label", ["INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"])
def test_l6_nobody_makes_a_record_disappear_from_their_own_sight(camille: httpx.Client, label: str) -> None:
    kept = camille.post("/DocumentReference", json=document("leo")).json()["id"]
    hidden = document("leo", label=label, id=kept)
    assert camille.put(f"/DocumentReference/{kept}", json=hidden).status_code == 422
    assert camille.get(f"/DocumentReference/{kept}").headers["etag"] == 'W/"1"'


def test_a_minor_may_keep_a_document_from_representatives(server: Server) -> None:
    hidden = document("leo", label="INVISIBLE_REPRESENTANTS_LEGAUX")
    assert server.client("leo").post("/DocumentReference", json=hidden).status_code == 201
    assert list_ids(server.camille.get("/DocumentReference?patient=leo")) == []


def test_a_document_points_to_a_content_its_author_sees(camille: httpx.Client) -> None:
    content = camille.post("/Binary", json=binary(securityContext={"reference": "Patient/leo"})).json()["id"]
    assert camille.post("/DocumentReference", json=document("leo", f"Binary/{content}")).status_code == 201


def test_a_refused_change_leaves_nothing_behind(camille: httpx.Client) -> None:
    camille.put(
        "/Observation/o1",
        content=json.dumps(observation("camille", id="o1", meta={"security": [{"code": "INVISIBLE_PATIENT"}]})),
    )
    assert camille.get("/Observation/o1").status_code == 404
    assert list_ids(camille.get("/Observation")) == []


def test_the_patient_hides_the_document_of_a_professional_and_shows_it_again(server: Server) -> None:
    theirs = document("camille", id="d1", author=[{"reference": "Practitioner/doctor"}])
    seed_resources(server.store, [theirs])
    hidden = theirs | {"securityLabel": [*theirs["securityLabel"], {"coding": [{"code": "MASQUE_PS"}]}]}
    for version, body in enumerate((hidden, theirs), start=1):
        answer = server.camille.put("/DocumentReference/d1", json=body, headers={"If-Match": f'W/"{version}"'})
        assert answer.status_code == 200
        assert answer.json()["securityLabel"] == body["securityLabel"]
