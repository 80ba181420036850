import json
from datetime import timedelta

import httpx
import pytest

from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, check_fhir, find_link, list_ids, list_pages, observation


@pytest.fixture
def client(server: Server) -> httpx.Client:
    dated = [observation(id=f"o{place}", effectiveDateTime=f"202{place % 3}-01-01") for place in range(7)]
    seed_resources(server.store, [*dated, observation("camille", id="own")])
    return server.camille


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", "own o6 o5 o4 o3 o2 o1 o0"),
        ("_lastUpdated", "o0 o1 o2 o3 o4 o5 o6 own"),
        ("-_lastUpdated", "own o6 o5 o4 o3 o2 o1 o0"),
        ("_id", "o0 o1 o2 o3 o4 o5 o6 own"),
        ("-_id", "own o6 o5 o4 o3 o2 o1 o0"),
        ("date", "own o0 o3 o6 o1 o4 o2 o5"),
        ("-date", "o5 o2 o4 o1 o6 o3 o0 own"),
    ],
)
def test_pages_follow_each_other_in_the_order_asked(client: httpx.Client, sort: str, expected: str) -> None:
    pages = list(list_pages(client, f"/Observation?_count=3&_sort={sort}"))
    assert [len(list_ids(page)) for page in pages] == [3, 3, 2]
    assert [rid for page in pages for rid in list_ids(page)] == expected.split()
    assert pages[0].json()["total"] == 8
    for page in pages:
        check_fhir(page.json())


def test_a_page_neither_repeats_nor_skips_while_others_write(client: httpx.Client) -> None:
    first = client.get("/Observation?patient=leo&_count=3")
    client.put("/Observation/new", json=observation(id="new"))
    client.delete("/Observation/o5")
    rest = [rid for page in list_pages(client, str(find_link(first, "next"))) for rid in list_ids(page)]
    assert list_ids(first) + rest == ["o6", "o5", "o4", "o3", "o2", "o1", "o0"]


def test_the_last_page_has_no_next_link(client: httpx.Client) -> None:
    assert find_link(client.get("/Observation?_count=8"), "next") is None
    assert find_link(client.get("/Observation?_count=7"), "next")


@pytest.mark.parametrize("query", ["_summary=count", "_count=0"])
def test_a_count_has_a_total_and_no_entry(client: httpx.Client, query: str) -> None:
    bundle = client.get(f"/Observation?patient=leo&{query}").json()
    check_fhir(bundle)
    assert bundle["total"] == 7
    assert "entry" not in bundle


def test_elements_are_picked_and_marked(client: httpx.Client) -> None:
    entries = client.get("/Observation?patient=leo&_elements=id,meta").json()["entry"]
    assert {frozenset(entry["resource"]) for entry in entries} == {frozenset({"resourceType", "id", "meta"})}
    assert entries[0]["resource"]["meta"]["tag"][0]["code"] == "SUBSETTED"


def test_deleted_resources_are_not_searched(client: httpx.Client) -> None:
    client.delete("/Observation/o0")
    assert "o0" not in list_ids(client.get("/Observation"))
    assert client.get("/Observation?_summary=count").json()["total"] == 7


def test_a_changed_resource_is_found_by_its_new_values_only(client: httpx.Client) -> None:
    client.put("/Observation/o0", json=observation(id="o0", code={"coding": [{"code": "new"}]}))
    assert list_ids(client.get("/Observation?code=new")) == ["o0"]
    assert "o0" not in list_ids(client.get("/Observation?code=29463-7"))


def test_numbers_reach_the_reader_as_they_were_written(camille: httpx.Client) -> None:
    body = json.dumps(observation(id="exact")).removesuffix("}") + ',"valueQuantity":{"value":72.50}}'
    camille.put("/Observation/exact", content=body)
    assert '"valueQuantity":{"value":72.50}' in camille.get("/Observation?patient=leo").text


def test_a_history_tells_each_version_newest_first(client: httpx.Client) -> None:
    client.put("/Observation/o0", json=observation(id="o0"))
    client.delete("/Observation/o0")
    bundle = client.get("/Observation/o0/_history").json()
    check_fhir(bundle)
    told = [(entry["request"]["method"], entry["response"]["etag"]) for entry in bundle["entry"]]
    assert told == [("DELETE", 'W/"3"'), ("PUT", 'W/"2"'), ("PUT", 'W/"1"')]
    assert "resource" not in bundle["entry"][0]


def test_a_history_since_a_moment_includes_that_moment_and_deletions(server: Server, client: httpx.Client) -> None:
    server.clock.now += timedelta(hours=1)
    client.delete("/Observation/o1")
    client.put("/Observation/o0", json=observation(id="o0"))
    since = client.get("/Observation/o0").json()["meta"]["lastUpdated"]
    recent = client.get("/Observation/_history?_since=2026-11-20T11:00:00Z").json()["entry"]
    assert [entry["request"]["method"] for entry in recent] == ["PUT", "DELETE"]
    assert list_ids(client.get(f"/Observation/_history?_since={since}")) == ["o0"]
    assert list_ids(client.get("/Observation/_history?_since=2026-11-21")) == []


def test_history_pages_keep_their_since(client: httpx.Client) -> None:
    pages = list(list_pages(client, "/Observation/_history?_count=3&_since=2026-11-20T10:00:00Z"))
    assert [len(list_ids(page)) for page in pages] == [3, 3, 2]
    assert "_since=" in str(find_link(pages[0], "next"))
    assert len(list(list_pages(client, "/Observation/o0/_history?_count=1"))) == 1


def test_no_listing_carries_contents(client: httpx.Client) -> None:
    assert client.get("/Binary").status_code == 403
    assert client.get("/Binary?_id=b").status_code == 403
    assert client.get("/Binary/_history").status_code == 403
