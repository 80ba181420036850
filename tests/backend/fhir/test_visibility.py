"""Who sees what, over HTTP: by read, version, search, history, transaction, Binary and write."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, binary, document, list_ids, observation, patient

Json = dict[str, Any]
LEO = {"reference": "Patient/leo"}
PATIENT, REPRESENTATIVES = "INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"


@pytest.fixture
def _strangers_record(server: Server) -> None:
    mine = document("stranger", "Binary/theirs-b", id="theirs-d")
    seed_resources(server.store, [observation("stranger", id="theirs"), binary(id="theirs-b"), mine])


@pytest.mark.usefixtures("_strangers_record")
@pytest.mark.parametrize(
    "path",
    [
        "/Patient/stranger",
        "/Patient/stranger/_history",
        "/Patient/stranger/_history/1",
        "/Observation/theirs",
        "/Observation/theirs/_history",
        "/Observation/theirs/_history/1",
        "/Binary/theirs-b",
        "/Binary/theirs-b/_history/1",
        "/Person/stranger",
        "/Person/alex",
        "/Observation/nothing",
    ],
)
def test_l6_what_is_out_of_reach_does_not_exist(camille: httpx.Client, path: str) -> None:
    answer = camille.get(path)
    assert answer.status_code == 404
    assert answer.json()["issue"][0]["code"] == "not-found"


@pytest.mark.usefixtures("_strangers_record")
@pytest.mark.parametrize(
    "path",
    [
        "/Observation",
        "/Observation?patient=stranger",
        "/Observation?patient=leo,stranger",
        "/Observation?_id=theirs",
        "/Observation?code=29463-7",
        "/Observation/_history",
        "/Observation/_history?_since=2020-01-01",
        "/DocumentReference",
        "/Patient?_id=stranger",
        "/Person?_id=stranger",
    ],
)
def test_l6_no_listing_shows_another_record(camille: httpx.Client, path: str) -> None:
    assert list_ids(camille.get(path)) == []


@pytest.mark.usefixtures("_strangers_record")
def test_l6_no_write_touches_another_record(camille: httpx.Client, server: Server) -> None:
    own = observation("camille", id="theirs")
    statuses = [
        camille.post("/Observation", json=observation("stranger")).status_code,
        camille.put("/Observation/new", json=observation("stranger", id="new")).status_code,
        camille.put("/Observation/theirs", json=own).status_code,
        camille.put("/Observation/theirs", json=own, headers={"If-None-Match": "*"}).status_code,
        camille.delete("/Observation/theirs").status_code,
        camille.put("/Patient/stranger", json=patient("stranger", "1970-01-01")).status_code,
        camille.put("/Binary/theirs-b", json=binary(id="theirs-b")).status_code,
    ]
    assert statuses == [404] * len(statuses)
    theirs = server.client("stranger").get("/Observation/theirs").json()
    assert theirs["meta"]["versionId"] == "1"


@pytest.mark.usefixtures("_strangers_record")
def test_l6_a_document_cannot_borrow_the_content_of_another_record(camille: httpx.Client) -> None:
    for address in ("Binary/theirs-b", "Binary/theirs-b/_history/1", "Binary/unknown"):
        assert camille.post("/DocumentReference", json=document("camille", address)).status_code == 422
    assert camille.get("/Binary/theirs-b").status_code == 404


def test_l6_a_record_shared_with_someone_out_of_reach_is_read_and_not_written(server: Server) -> None:
    actors = [{"actor": {"reference": f"Patient/{name}"}, "status": "accepted"} for name in ("leo", "stranger")]
    meeting = {"resourceType": "Appointment", "id": "m", "status": "booked", "participant": actors}
    seed_resources(server.store, [meeting])
    assert server.camille.get("/Appointment/m").status_code == 200
    assert server.camille.delete("/Appointment/m").status_code == 403
    assert server.camille.post("/Appointment", json=meeting).status_code == 404


def test_both_parents_and_the_child_share_the_childs_record(server: Server) -> None:
    made = server.camille.post("/Observation", json=observation("leo")).json()["id"]
    for name in ("camille", "alex", "leo"):
        assert list_ids(server.client(name).get("/Observation?patient=Patient/leo")) == [made]
    assert server.client("alex").get("/Patient/camille").status_code == 404


@pytest.mark.parametrize(("label", "readers"), [("N", ["camille", "leo"]), (PATIENT, []), (REPRESENTATIVES, ["leo"])])
def test_l6_a_withheld_document_is_nowhere_for_those_it_is_withheld_from(
    server: Server, label: str, readers: list[str]
) -> None:
    seed_resources(server.store, [binary(id="b"), document("leo", "Binary/b", label, id="d")])
    for name in ("camille", "leo"):
        client, seen = server.client(name), name in readers
        for path in (
            "/DocumentReference/d",
            "/DocumentReference/d/_history",
            "/DocumentReference/d/_history/1",
            "/Binary/b",
        ):
            assert client.get(path).status_code == (200 if seen else 404), path
        for path in ("/DocumentReference?patient=leo", "/DocumentReference?_id=d", "/DocumentReference/_history"):
            assert list_ids(client.get(path)) == (["d"] if seen else []), path
        total = client.get("/DocumentReference?patient=leo&_summary=count").json()["total"]
        assert total == (1 if seen else 0)


def test_l6_a_label_added_later_hides_the_past_too(server: Server) -> None:
    seed_resources(server.store, [binary(id="b"), document("leo", "Binary/b", id="d")])
    seed_resources(server.store, [document("leo", "Binary/b", PATIENT, id="d")])
    for path in ("/DocumentReference/d/_history/1", "/DocumentReference/d/_history", "/Binary/b"):
        assert server.camille.get(path).status_code == 404
    assert list_ids(server.camille.get("/DocumentReference/_history")) == []


def test_a_label_taken_away_shows_the_present_and_not_the_past(server: Server) -> None:
    seed_resources(server.store, [document("leo", label=PATIENT, id="d")])
    seed_resources(server.store, [document("leo", id="d")])
    assert server.camille.get("/DocumentReference/d").status_code == 200
    assert server.camille.get("/DocumentReference/d/_history/1").status_code == 404


def test_l6_a_security_context_does_not_open_a_withheld_content(server: Server) -> None:
    seed_resources(
        server.store, [binary(id="b", securityContext=LEO), document("leo", "Binary/b", REPRESENTATIVES, id="d")]
    )
    assert server.camille.get("/Binary/b").status_code == 404
    assert server.client("leo").get("/Binary/b").status_code == 200


def test_l6_the_content_of_a_deleted_withheld_document_stays_withheld(server: Server) -> None:
    seed_resources(
        server.store, [binary(id="b", securityContext=LEO), document("leo", "Binary/b", REPRESENTATIVES, id="d")]
    )
    assert server.client("leo").delete("/DocumentReference/d").status_code == 204
    assert server.camille.get("/Binary/b").status_code == 404
    assert server.camille.get("/DocumentReference/d").status_code == 404


def test_a_content_without_document_is_seen_through_its_security_context(server: Server) -> None:
    seed_resources(server.store, [binary(id="b", securityContext=LEO), binary(id="nobodys")])
    assert server.camille.get("/Binary/b").status_code == 200
    assert server.client("stranger").get("/Binary/b").status_code == 404
    assert server.camille.get("/Binary/nobodys").status_code == 404


def test_l6_parents_lose_the_record_on_the_day_of_majority(server: Server) -> None:
    server.clock.now = datetime(2035, 5, 3, 21, 59, tzinfo=UTC)
    assert server.camille.get("/Patient/leo").status_code == 200
    server.clock.now = datetime(2035, 5, 3, 22, 0, tzinfo=UTC)
    assert server.camille.get("/Patient/leo").status_code == 404
    assert server.client("leo").get("/Patient/leo").status_code == 200


def test_directories_are_read_by_id_with_any_account(server: Server) -> None:
    client = server.client("stranger")
    assert client.get("/Practitioner/doctor").status_code == 200
    assert list_ids(client.get("/Practitioner?_id=doctor,nobody")) == ["doctor"]
    for path in ("/Practitioner", "/Practitioner/_history", "/Organization?identifier=x"):
        assert client.get(path).status_code == 403


def test_l6_a_device_of_a_patient_is_not_a_directory(server: Server) -> None:
    worn = {"resourceType": "Device", "id": "worn", "patient": {"reference": "Patient/leo"}}
    seed_resources(server.store, [worn, {"resourceType": "Device", "id": "shared"}])
    assert list_ids(server.camille.get("/Device?patient=leo")) == ["worn"]
    assert server.client("stranger").get("/Device/worn").status_code == 404
    assert list_ids(server.client("stranger").get("/Device?_id=worn,shared")) == ["shared"]


def test_an_account_reads_its_own_person_only(camille: httpx.Client) -> None:
    assert list_ids(camille.get("/Person")) == ["camille"]
    assert camille.get("/Person/camille").status_code == 200


def test_an_account_without_a_person_sees_nothing(server: Server) -> None:
    assert list_ids(server.client("nobody").get("/Patient")) == []
    assert server.client("nobody").get("/Patient/leo").status_code == 404
