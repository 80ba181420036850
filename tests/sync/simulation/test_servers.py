"""The server that judges the app is itself judged here, against what protocol.md says of real ones."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.sync.serving import served
from tests.sync.simulation.apps import make_app
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.faults import Fault, Harm, Plan
from tests.sync.simulation.histories import read_json, write_json
from tests.sync.simulation.links import Link, Mail
from tests.sync.simulation.servers import BASE, FhirServer

START = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
PARENT = frozenset({"p1", "p2"})
MEASURE = {"resourceType": "Observation", "subject": {"reference": "Patient/p1"}, "status": "final"}


class Asking:
    """A server of ``dialect`` whose clock stands still, and requests to it by one who sees p1 and p2."""

    def __init__(self, dialect: Dialect | None = None, **told: Any) -> None:
        self.time = START
        self.server = FhirServer(replace(dialect or Dialect(), **told), ("Observation",), lambda: self.time)
        for patient in ("p1", "p2", "p3"):
            self.server.write(("Patient", patient), {"resourceType": "Patient"})

    def send(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        content = b"" if body is None else write_json(body)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = httpx.Request(method, f"{BASE}/{path}", headers=names, content=content)
        return self.server.handle(request, PARENT)

    def get(self, path: str) -> dict[str, Any]:
        return read_body(self.send("GET", path))

    def put(self, rid: str, **more: Any) -> httpx.Response:
        headers = {name: more.pop(name) for name in ("if_match", "if_none_match") if name in more}
        return self.send("PUT", f"Observation/{rid}", MEASURE | {"id": rid} | more, **headers)

    def list_ids(self, query: str) -> list[str]:
        return [entry["resource"]["id"] for entry in self.get(f"Observation?{query}")["entry"]]


def read_body(response: httpx.Response) -> dict[str, Any]:
    return read_json(asyncio.run(response.aread()))


def test_a_resource_is_made_read_changed_and_deleted_with_its_versions() -> None:
    asking = Asking()
    made = asking.put("a", if_none_match="*")
    assert (made.status_code, made.headers["etag"]) == (201, 'W/"1"')
    assert asking.put("a", if_none_match="*").status_code == 412
    assert asking.put("a", status="amended", if_match='W/"1"').status_code == 200
    assert asking.put("a", if_match='W/"1"').status_code == 412
    assert asking.get("Observation/a")["status"] == "amended"
    assert asking.send("DELETE", "Observation/a", if_match='W/"1"').status_code == 412
    assert asking.send("DELETE", "Observation/a", if_match='W/"2"').status_code == 204
    assert asking.send("DELETE", "Observation/a").status_code == 204
    assert asking.send("GET", "Observation/a").status_code == 410
    assert asking.send("GET", "Observation/unknown").status_code == 404
    assert asking.send("PATCH", "Observation/a").status_code == 405


def test_a_server_that_guards_nothing_takes_everything() -> None:
    asking = Asking(guards_update=False, guards_create=False, guards_delete=False, gone=404)
    asking.put("a")
    assert asking.put("a", if_none_match="*").status_code == 200
    assert asking.put("a", if_match='W/"1"').status_code == 200
    assert asking.send("DELETE", "Observation/a", if_match='W/"1"').status_code == 204
    assert asking.send("GET", "Observation/a").status_code == 404


def test_a_conditional_create_makes_one_resource() -> None:
    asking = Asking(update_create=False)
    named = MEASURE | {"identifier": [{"system": "urn:x", "value": "1"}]}
    condition = "identifier=urn:x|1"
    first = asking.send("POST", "Observation", named, if_none_exist=condition)
    again = asking.send("POST", "Observation", named, if_none_exist=condition)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["location"] == again.headers["location"]
    assert asking.list_ids(condition) == [read_body(first)["id"]]
    asking.server.write(("Observation", "other"), named)
    assert asking.send("POST", "Observation", named, if_none_exist=condition).status_code == 412
    assert asking.put("new").status_code == 405


def test_nobody_is_shown_or_lets_be_written_what_is_of_another_patient() -> None:
    asking = Asking()
    stranger = MEASURE | {"subject": {"reference": "Patient/p3"}}
    asking.server.write(("Observation", "x"), stranger)
    assert asking.list_ids("patient=p3") == []
    assert asking.send("GET", "Observation/x").status_code == 404
    assert asking.send("GET", "Patient/p3").status_code == 403
    assert asking.send("POST", "Observation", stranger).status_code == 403


def test_what_is_hidden_is_neither_found_nor_read() -> None:
    asking = Asking()
    asking.put("a")
    asking.server.hidden.add(("Observation", "a"))
    assert asking.send("GET", "Observation/a").status_code == 404
    assert asking.list_ids("patient=p1") == []


def test_a_late_commit_bears_its_early_date_and_another_writer_waits_for_it() -> None:
    asking = Asking()
    asking.server.write(("Observation", "a"), MEASURE, late=400)
    assert asking.list_ids("patient=p1") == []
    asking.time += timedelta(seconds=400)
    assert asking.get("Observation/a")["meta"]["lastUpdated"] == "2026-11-21T14:05:00.000Z"
    asking.server.write(("Observation", "a"), None, late=400)
    assert asking.list_ids("patient=p1") == ["a"]
    assert asking.put("a", if_match='W/"1"').status_code == 412


def test_searches_filter_sort_count_and_show_less() -> None:
    asking = Asking()
    asking.put("a")
    asking.time += timedelta(seconds=10)
    asking.put("b")
    asking.put("c", subject={"reference": "Patient/p2"})
    assert asking.list_ids("patient=p1&_sort=-_lastUpdated") == ["b", "a"]
    assert asking.list_ids(
        f"patient=p1&_lastUpdated=ge{(START + timedelta(seconds=1)).isoformat().replace('+', '%2B')}"
    ) == ["b"]
    assert asking.list_ids("_id=a,c") == ["a", "c"]
    assert asking.get("Observation?patient=p1&_summary=count") == {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": 2,
    }
    shown = asking.get("Observation?patient=p2&_elements=id,meta")["entry"][0]["resource"]
    assert set(shown) == {"resourceType", "id", "meta"}


@pytest.mark.parametrize(("live", "second"), [(False, ["a"]), (True, ["b", "a"])])
def test_pages_stay_or_move_when_something_is_written_in_between(live: bool, second: list[str]) -> None:
    asking = Asking(page_limit=2, live_paging=live)
    for rid in "abc":
        asking.put(rid)
        asking.time += timedelta(seconds=1)
    first = asking.get("Observation?patient=p1&_sort=-_lastUpdated")
    assert [entry["resource"]["id"] for entry in first["entry"]] == ["c", "b"]
    assert first["total"] == 3
    asking.put("d")
    link = first["link"][0]["url"].removeprefix(f"{BASE}/")
    assert [entry["resource"]["id"] for entry in asking.get(link)["entry"]] == second


def test_a_parameter_may_have_no_effect_and_a_write_no_answer() -> None:
    asking = Asking(ignored=frozenset({"_summary", "_count"}), representation=False, uuid_versions=True, precision=0)
    made = asking.put("a", valueQuantity={"value": 1})
    assert asyncio.run(made.aread()) == b""
    assert len(asking.get("Observation?patient=p1&_summary=count&_count=0")["entry"]) == 1
    meta = asking.get("Observation/a")["meta"]
    assert len(meta["versionId"]) == 36
    assert meta["lastUpdated"] == "2026-11-21T14:05:00Z"


def test_a_careless_server_shortens_numbers_and_writes_its_own_words() -> None:
    asking = Asking(rewrites=True, keeps_same=True)
    weight = read_json(b'{"value": 72.50}')
    asking.put("a", valueQuantity=weight)
    raw = asyncio.run(asking.send("GET", "Observation/a").aread())
    assert b'"value":72.5}' in raw
    assert b"<div" in raw
    assert asking.put("a", valueQuantity=weight).headers["etag"] == 'W/"1"'


def test_a_transaction_is_done_whole_or_not_at_all() -> None:
    asking = Asking(batch_limit=2)
    good = {
        "fullUrl": "urn:uuid:1",
        "resource": MEASURE | {"id": "a"},
        "request": {"method": "PUT", "url": "Observation/a"},
    }
    linked = MEASURE | {"id": "b", "derivedFrom": [{"reference": "urn:uuid:1"}]}
    other = {"resource": linked, "request": {"method": "PUT", "url": "Observation/b"}}
    bad = {"resource": linked, "request": {"method": "PUT", "url": "Observation/b", "ifMatch": 'W/"9"'}}

    def send(*entries: object, kind: str = "transaction") -> httpx.Response:
        return asking.send("POST", "", {"resourceType": "Bundle", "type": kind, "entry": entries})

    writes = asking.server.writes
    assert send(good, bad).status_code == 412
    assert asking.server.writes == writes
    assert asking.send("GET", "Observation/a").status_code == 404
    assert send(good, good, good).status_code == 413
    done = read_body(send(good, other))
    assert [entry["response"]["status"] for entry in done["entry"]] == ["201", "201"]
    assert asking.get("Observation/b")["derivedFrom"] == [{"reference": "Observation/a"}]
    looks = [{"request": {"method": "GET", "url": url}} for url in ("Observation/a", "Observation/none")]
    answers = read_body(send(*looks, kind="batch"))["entry"]
    assert [entry["response"]["status"] for entry in answers] == ["200", "404"]
    asking.server.dialect = Dialect(batch_limit=0)
    assert send(good).status_code == 405


@pytest.mark.parametrize("much", [True, False])
def test_the_server_says_what_it_can_do_or_its_types_alone(much: bool) -> None:
    resource = Asking(says_much=much).get("metadata")["rest"][0]["resource"][0]
    assert resource["type"] == "Observation"
    assert resource.get("updateCreate", False) is much


@pytest.mark.parametrize(
    ("harm", "error", "made"),
    [
        (Harm.DROP_BEFORE, httpx.ConnectError, 0),
        (Harm.DROP_AFTER, httpx.ReadError, 1),
        (Harm.LATE, httpx.ReadTimeout, 0),
        (Harm.DUPLICATE, None, 2),
        (Harm.REFUSE, None, 0),
        (Harm.FAIL_AFTER, None, 1),
        (Harm.CUT, None, 1),
    ],
)
def test_each_harm_does_what_it_says_and_only_once(harm: Harm, error: type[Exception] | None, made: int) -> None:
    async def story() -> None:
        asking = Asking()
        mail = Mail(asking.server)
        plan = Plan([Fault(harm, number=1)])
        link = Link(asking.server, mail, PARENT, plan, lambda *_: asyncio.sleep(0))
        async with httpx.AsyncClient(transport=link) as client:
            if error:
                with pytest.raises(error):
                    await client.post(f"{BASE}/Observation", content=write_json(MEASURE))
            else:
                answer = await client.post(f"{BASE}/Observation", content=write_json(MEASURE))
                assert answer.is_success == (harm in (Harm.DUPLICATE, Harm.CUT))
            assert asking.server.writes == 3 + made
            await client.get(f"{BASE}/metadata")
            assert asking.server.writes == 3 + made
            await client.get(f"{BASE}/metadata")
            assert asking.server.writes == 3 + (1 if harm is Harm.LATE else made)
        assert plan.faults == []

    asyncio.run(story())


def test_the_same_server_answers_on_a_socket() -> None:
    server = FhirServer(Dialect(page_limit=1), ("Observation",), lambda: START)
    with served(make_app(server, PARENT)) as url:
        for rid in "ab":
            made = httpx.put(
                f"{url}/fhir/Observation/{rid}", json=MEASURE | {"id": rid}, headers={"If-None-Match": "*"}
            )
            assert made.status_code == 201
        page = httpx.get(f"{url}/fhir/Observation?patient=p1").json()
        following = httpx.get(page["link"][0]["url"]).json()
        assert [entry["resource"]["id"] for entry in page["entry"] + following["entry"]] == ["a", "b"]
