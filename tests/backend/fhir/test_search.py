from typing import Any

import httpx
import pytest

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.search import list_parameters, read_search, read_time
from mes_backend.fhir.store import seed_resources
from tests.backend.fhir.scene import Server, list_ids, observation

LAB = [{"coding": [{"system": "urn:category", "code": "laboratory"}]}]


@pytest.fixture
def client(server: Server) -> httpx.Client:
    seed_resources(
        server.store,
        [
            observation(id="day", effectiveDateTime="2025-03-02"),
            observation(id="month", effectiveDateTime="2025-03", category=LAB),
            observation(id="moment", effectiveDateTime="2025-03-02T10:00:00+01:00"),
            observation(id="stay", effectivePeriod={"start": "2025-02-01", "end": "2025-04-01"}),
            observation(id="undated", identifier=[{"system": "urn:x", "value": "a,b"}, {"value": "bare"}]),
        ],
    )
    return server.camille


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("date=2025-03-02", "day moment"),
        ("date=eq2025-03", "day moment month"),
        ("date=ne2025-03", "stay"),
        ("date=gt2025-03-02", "month stay"),
        ("date=ge2025-03-02", "day moment month stay"),
        ("date=lt2025-03-02", "month stay"),
        ("date=le2025-03", "day moment month stay"),
        ("date=sa2025-03-01", "day moment"),
        ("date=eb2025-03-03", "day moment"),
        ("date=ge2025-03-02&date=lt2025-03-03", "day moment month stay"),
        ("date=2025-03-02T09:00Z", "moment"),
        ("date=2025-03-02T10:00:00 01:00", "moment"),
        ("category=laboratory", "month"),
        ("category=urn:category|laboratory", "month"),
        ("category=urn:other|laboratory", ""),
        ("category=urn:category|", "month"),
        ("code=http://loinc.org|29463-7&category=laboratory", "month"),
        ("code=8302-2", ""),
        ("code=8302-2,29463-7&date=2025-03", "day moment month"),
        ("identifier=urn:x|a\\,b", "undated"),
        ("identifier=|bare", "undated"),
        ("identifier=|a\\,b", ""),
        ("_id=day,month,none", "day month"),
        ("_id=day&_id=month", ""),
        ("patient=leo&patient=camille", ""),
        ("patient=Patient/leo,camille&_id=day", "day"),
        ("_lastUpdated=ge2026-11-20T10:00:00Z&_id=day", "day"),
        ("_lastUpdated=gt2026-11-20", ""),
        ("_lastUpdated=lt2026-11-20T10:00:00Z", ""),
        ("_lastUpdated=le2026-11-20&_lastUpdated=ge2026-11-20&_id=day", "day"),
        ("_lastUpdated=2026-11-20T10:00:00Z&_id=day", "day"),
    ],
)
def test_parameters_find_what_they_mean(client: httpx.Client, query: str, found: str) -> None:
    assert sorted(list_ids(client.get(f"/Observation?{query}"))) == found.split()


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("eq", "day"), ("ge", "month day"), ("gt", "month"), ("le", "day"), ("lt", ""), ("ne", "month")],
)
def test_the_exact_last_update_of_a_resource_divides_the_others(client: httpx.Client, prefix: str, found: str) -> None:
    moment = client.get("/Observation/day").json()["meta"]["lastUpdated"]
    assert list_ids(client.get(f"/Observation?_lastUpdated={prefix}{moment}&_id=day,month")) == found.split()


@pytest.mark.parametrize(
    "query",
    [
        "date=soon",
        "date=ap2025",
        "date=ge",
        "_lastUpdated=ge9999-12-31",
        "_count=many",
        "_page=x",
        "code:not=1",
        "patient:Patient=leo",
    ],
)
def test_what_cannot_be_honoured_is_refused(client: httpx.Client, query: str) -> None:
    answer = client.get(f"/Observation?{query}")
    assert answer.status_code == 400
    assert answer.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("query", ["subject.name=x", "_include=a", "_sort=code", "_summary=text", "date2=x"])
def test_an_unknown_parameter_is_told_and_passed_over_unless_strict(client: httpx.Client, query: str) -> None:
    lenient = client.get(f"/Observation?patient=leo&{query}")
    assert len(list_ids(lenient)) == 5
    assert lenient.json()["entry"][-1]["search"]["mode"] == "outcome"
    assert query.partition("=")[0] not in lenient.json()["link"][0]["url"]
    strict = client.get(f"/Observation?patient=leo&{query}", headers={"Prefer": "handling=strict"})
    assert strict.status_code == 400


def test_a_type_has_the_parameters_its_elements_answer() -> None:
    assert list_parameters("Patient") == {"_id": "token", "_lastUpdated": "date", "identifier": "token"}
    assert set(list_parameters("Observation")) >= {"patient", "code", "category", "date"}


def test_a_plain_read_of_a_search_keeps_what_counts() -> None:
    search = read_search("Observation", "patient=leo&_count=0&_sort=-date&_elements=id,meta&_format=json", strict=True)
    assert (search.patients, search.counts_only, search.elements) == (frozenset({"leo"}), True, ("id", "meta"))
    assert search.order.descending


@pytest.mark.parametrize("text", ["", "x", "9999"])
def test_a_time_that_is_none_is_refused(text: Any) -> None:
    with pytest.raises(FhirError):
        read_time(text)
