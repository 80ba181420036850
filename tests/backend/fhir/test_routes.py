import logging

import httpx
import pytest
from sqlalchemy import text

from mes_backend.fhir.routes import LARGEST_BODY
from tests.backend.fhir.scene import Server, check_fhir, list_ids, observation


def read_trail(client: httpx.Client, patient: str = "leo") -> list[tuple[str, str, str]]:
    """Interaction, person and outcome of each trace on a record, oldest first."""
    entries = client.get(f"/AuditEvent?patient={patient}&_sort=_lastUpdated&_count=200").json().get("entry", [])
    events = [entry["resource"] for entry in entries]
    for event in events:
        check_fhir(event)
    return [(event["subtype"][0]["code"], event["agent"][0]["who"]["reference"], event["outcome"]) for event in events]


@pytest.mark.parametrize("path", ["", "/Patient", "/Patient/leo", "/Nothing", "/Patient/leo/_history/1"])
def test_l6_without_a_token_nothing_is_told(server: Server, path: str) -> None:
    answer = httpx.get(f"{server.url}{path}")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "DPoP")
    assert answer.json()["issue"][0]["code"] == "login"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Nothing", 404),
        ("GET", "", 405),
        ("PATCH", "/Patient/leo", 405),
        ("GET", "/a/b/c/d/e", 404),
        ("OPTIONS", "/Patient", 405),
        ("DELETE", "/Patient", 405),
    ],
)
def test_every_refusal_is_an_operation_outcome(camille: httpx.Client, method: str, path: str, status: int) -> None:
    answer = camille.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/fhir+json"
    check_fhir(answer.json())


def test_another_format_is_not_spoken(camille: httpx.Client) -> None:
    assert camille.get("/Patient/leo", headers={"Accept": "application/fhir+xml"}).status_code == 406
    assert camille.get("/Patient/leo", headers={"Accept": "text/html, application/xml, */*"}).status_code == 200


def test_a_body_has_a_largest_size(camille: httpx.Client) -> None:
    answer = camille.post("/Binary", content=b"0" * (LARGEST_BODY + 1))
    assert answer.status_code == 413
    assert answer.json()["issue"][0]["code"] == "too-long"


def test_long_answers_are_compressed_for_those_who_ask(camille: httpx.Client) -> None:
    for _ in range(4):
        camille.post("/Observation", json=observation())
    assert camille.get("/Observation").headers["content-encoding"] == "gzip"
    plain = camille.get("/Observation", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["date"]


def test_an_error_of_the_server_is_told_without_what_was_sent(
    server: Server, camille: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with server.store.write() as con:
        con.execute(text("drop table fhir_term"))
    with caplog.at_level(logging.ERROR):
        answer = camille.get("/Observation?identifier=secret-number")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    check_fhir(answer.json())
    assert "OperationalError" in caplog.text
    assert "secret-number" not in caplog.text + answer.text


def test_every_access_leaves_one_trace_on_the_record_it_touched(server: Server, camille: httpx.Client) -> None:
    made = camille.post("/Observation", json=observation()).json()["id"]
    camille.get(f"/Observation/{made}")
    camille.get(f"/Observation/{made}/_history")
    camille.get("/Observation?patient=leo")
    camille.put(f"/Observation/{made}", json=observation(id=made), headers={"If-Match": 'W/"7"'})
    camille.delete(f"/Observation/{made}")
    bundle = {"resourceType": "Bundle", "type": "transaction"}
    camille.post(
        "",
        json=bundle
        | {
            "entry": [
                {"resource": observation(), "request": {"method": "POST", "url": "Observation"}},
                {"resource": observation(), "request": {"method": "POST", "url": "Observation"}},
            ]
        },
    )
    assert read_trail(server.client("leo")) == [
        ("create", "Person/camille", "0"),
        ("read", "Person/camille", "0"),
        ("history-instance", "Person/camille", "0"),
        ("search-type", "Person/camille", "0"),
        ("update", "Person/camille", "4"),
        ("delete", "Person/camille", "0"),
        ("transaction", "Person/camille", "0"),
    ]


def test_a_search_of_one_record_leaves_no_trace_on_the_other(camille: httpx.Client) -> None:
    camille.get("/Observation?patient=leo")
    assert read_trail(camille, "camille") == []
    camille.get("/Observation")
    assert [act for act, _, _ in read_trail(camille, "camille")] == ["search-type", "search-type"]


def test_l6_a_refused_reading_leaves_no_trace_on_the_record_aimed_at(server: Server) -> None:
    server.camille.get("/Patient/stranger")
    server.camille.get("/Observation?patient=stranger")
    assert read_trail(server.client("stranger"), "stranger") == []


def test_the_trail_shows_both_parents_to_both_parents(server: Server) -> None:
    for name in ("camille", "alex"):
        server.client(name).get("/Patient/leo")
    assert {who for _, who, _ in read_trail(server.camille)} == {"Person/camille", "Person/alex"}
    assert list_ids(server.client("stranger").get("/AuditEvent?patient=leo")) == []


def test_a_change_whose_trace_cannot_be_written_does_not_happen(server: Server, camille: httpx.Client) -> None:
    camille.get("/Patient/leo")
    with server.store.write() as con:
        con.execute(
            text(
                "create trigger refuse before insert on fhir_version when new.type = 'AuditEvent' "
                "begin select raise(abort, 'no trace'); end"
            )
        )
    assert camille.put("/Observation/o1", json=observation(id="o1")).status_code >= 500
    with server.store.write() as con:
        con.execute(text("drop trigger refuse"))
    assert camille.get("/Observation/o1").status_code == 404
