from typing import Any

import httpx
import pytest

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.store import seed_resources
from mes_backend.fhir.transactions import read_bundle
from tests.backend.fhir.scene import Server, binary, check_fhir, document, list_ids, observation

Json = dict[str, Any]


def entry(method: str, url: str, resource: Json | None = None, full_url: str = "", **request: str) -> Json:
    named = {"fullUrl": full_url} if full_url else {}
    body = {"resource": resource} if resource else {}
    return {**named, **body, "request": {"method": method, "url": url, **request}}


def send(client: httpx.Client, kind: str, *entries: Json, **headers: str) -> httpx.Response:
    return client.post("", json={"resourceType": "Bundle", "type": kind, "entry": entries}, headers=headers)


def list_statuses(answer: httpx.Response) -> list[str]:
    check_fhir(answer.json())
    return [entry["response"]["status"][:3] for entry in answer.json()["entry"]]


def test_entries_name_each_other_before_they_have_an_id(camille: httpx.Client) -> None:
    answer = send(
        camille,
        "transaction",
        entry("POST", "DocumentReference", document("leo", "urn:uuid:b"), "urn:uuid:d"),
        entry("POST", "Binary", binary(), "urn:uuid:b"),
        entry(
            "PUT",
            "Provenance/p",
            {
                "resourceType": "Provenance",
                "id": "p",
                "target": [{"reference": "urn:uuid:d"}, {"reference": "Patient/leo"}],
                "recorded": "2026-11-20T10:00:00Z",
                "agent": [{"who": {"reference": "Patient/camille"}}],
            },
        ),
    )
    assert list_statuses(answer) == ["201", "201", "201"]
    made, content, origin = (entry["resource"] for entry in answer.json()["entry"])
    assert made["content"][0]["attachment"]["url"] == f"Binary/{content['id']}"
    assert origin["target"][0]["reference"] == f"DocumentReference/{made['id']}"
    assert camille.get(f"/Binary/{content['id']}").status_code == 200


def test_only_the_links_of_an_entry_are_rewritten(camille: httpx.Client) -> None:
    identifier = [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:o"}]
    made = observation(identifier=identifier, hasMember=[{"reference": "urn:uuid:other"}], valueQuantity={"value": 1.0})
    answer = send(
        camille,
        "transaction",
        entry("POST", "Observation", made, "urn:uuid:o"),
        entry("POST", "Observation", observation(), "urn:uuid:other"),
    )
    kept = answer.json()["entry"][0]["resource"]
    assert kept["identifier"] == identifier
    assert kept["hasMember"][0]["reference"].startswith("Observation/")
    assert '"value":1.0}' in answer.text


def test_one_refused_entry_undoes_all(camille: httpx.Client) -> None:
    camille.put("/Observation/kept", json=observation(id="kept"))
    answer = send(
        camille,
        "transaction",
        entry("DELETE", "Observation/kept"),
        entry("POST", "Observation", observation()),
        entry("POST", "Observation", observation("stranger")),
    )
    assert answer.status_code == 404
    assert answer.json()["issue"][0]["expression"] == ["Bundle.entry[2]"]
    assert list_ids(camille.get("/Observation")) == ["kept"]


def test_a_batch_does_what_it_can(camille: httpx.Client) -> None:
    answer = send(
        camille,
        "batch",
        entry("POST", "Observation", observation("stranger")),
        entry("POST", "Binary", binary()),
        entry("PUT", "Observation/o1", observation(id="o1")),
        entry("GET", "Observation?patient=leo"),
        entry("GET", "Observation?patient=leo&_summary=count"),
        entry("GET", "Observation/o1", ifNoneMatch='W/"1"'),
        entry("GET", "Nothing/o1"),
    )
    assert list_statuses(answer) == ["404", "422", "201", "200", "200", "304", "404"]
    results = answer.json()["entry"]
    assert results[0]["response"]["outcome"]["issue"][0]["code"] == "not-found"
    assert results[3]["resource"]["entry"][0]["resource"]["id"] == "o1"
    assert results[4]["resource"]["total"] == 1


def test_a_transaction_deletes_before_it_creates_and_reads_last(camille: httpx.Client) -> None:
    camille.put("/Observation/old", json=observation(id="old", identifier=[{"value": "1"}]))
    answer = send(
        camille,
        "transaction",
        entry("GET", "Observation?patient=leo"),
        entry("PUT", "Observation/new", observation(id="new", identifier=[{"value": "1"}])),
        entry("DELETE", "Observation/old"),
    )
    assert list_statuses(answer) == ["200", "201", "204"]
    assert [e["resource"]["id"] for e in answer.json()["entry"][0]["resource"]["entry"]] == ["new"]


def test_preconditions_hold_inside_a_transaction(camille: httpx.Client) -> None:
    camille.put("/Observation/o1", json=observation(id="o1"))
    stale = entry("PUT", "Observation/o1", observation(id="o1"), ifMatch='W/"7"')
    assert send(camille, "transaction", stale).status_code == 412
    fresh = entry("PUT", "Observation/o1", observation(id="o1"), ifMatch='W/"1"')
    assert send(camille, "transaction", fresh).json()["entry"][0]["response"]["etag"] == 'W/"2"'


def test_a_conditional_creation_names_the_resource_that_exists(camille: httpx.Client) -> None:
    known = observation(identifier=[{"value": "1"}])
    first = camille.post("/Observation", json=known).json()["id"]
    answer = send(
        camille,
        "transaction",
        entry("POST", "Observation", known, "urn:uuid:o", ifNoneExist="identifier=1"),
        entry("POST", "Observation", observation(hasMember=[{"reference": "urn:uuid:o"}])),
    )
    assert list_statuses(answer) == ["200", "201"]
    assert answer.json()["entry"][1]["resource"]["hasMember"] == [{"reference": f"Observation/{first}"}]


def test_a_conditional_reference_names_exactly_one_resource(server: Server) -> None:
    seed_resources(server.store, [observation(id="o1", identifier=[{"value": "1"}])])
    seed_resources(server.store, [observation("stranger", id="theirs", identifier=[{"value": "2"}])])
    for value, status in (("1", 200), ("2", 412)):
        member = [{"reference": f"Observation?identifier={value}"}]
        answer = send(server.camille, "transaction", entry("POST", "Observation", observation(hasMember=member)))
        assert answer.status_code == status


@pytest.mark.parametrize(
    "entries",
    [
        [entry("PUT", "Observation/o", observation(id="o")), entry("PUT", "Observation/o", observation(id="o"))],
        [entry("PUT", "Observation/o", observation(id="o")), entry("DELETE", "Observation/o")],
    ],
)
def test_two_entries_do_not_write_the_same_resource(camille: httpx.Client, entries: list[Json]) -> None:
    assert send(camille, "transaction", *entries).status_code == 400


def test_two_creations_under_one_condition_are_refused(camille: httpx.Client) -> None:
    twin = entry("POST", "Observation", observation(identifier=[{"value": "1"}]), ifNoneExist="identifier=1")
    assert send(camille, "transaction", twin, twin).status_code == 412
    assert list_ids(camille.get("/Observation")) == []


def test_a_transaction_can_answer_with_facts_only(camille: httpx.Client) -> None:
    answer = send(camille, "transaction", entry("POST", "Observation", observation()), Prefer="return=minimal")
    (result,) = answer.json()["entry"]
    assert "resource" not in result
    assert result["response"]["location"].endswith("/_history/1")


def test_addresses_may_be_absolute_and_empty_bundles_are_fine(server: Server) -> None:
    absolute = entry("GET", f"{server.url}/Patient/leo")
    assert list_statuses(send(server.camille, "batch", absolute)) == ["200"]
    assert send(server.camille, "transaction").json() == {"resourceType": "Bundle", "type": "transaction-response"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"resourceType":"Bundle","type":"collection"}',
        b'{"resourceType":"Bundle","type":"batch","entry":[{}]}',
        b'{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"PATCH","url":"Patient/leo"}}]}',
        b'{"resourceType":"Bundle","type":"batch","entry":' + b"[" * 50_000,
    ],
)
def test_what_is_not_a_transaction_is_refused(body: bytes) -> None:
    with pytest.raises(FhirError) as refusal:
        read_bundle(body)
    assert refusal.value.status == 400


@pytest.mark.parametrize("url", ["", "/", "Observation", "Observation?patient=leo", "metadata"])
def test_an_entry_without_a_usable_address_is_refused(camille: httpx.Client, url: str) -> None:
    for kind in ("batch", "transaction"):
        answer = send(camille, kind, entry("PUT", url, observation(id="o")))
        assert answer.status_code in (404, 405) if kind == "transaction" else list_statuses(answer)[0] in ("404", "405")
