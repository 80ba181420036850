import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import httpx

from mes_backend.fhir.dates import read_interval
from mes_backend.fhir.store import find_current, seed_resources, utc_now
from tests.backend.fhir.scene import Server, list_ids, observation


def test_seeded_resources_keep_their_ids_and_their_order(server: Server) -> None:
    seed_resources(server.store, [observation(id=f"o{place}") for place in range(1200)])
    with server.store.read() as con:
        versions = [find_current(con, "Observation", f"o{place}") for place in range(1200)]
    instants = [version.instant for version in versions if version]
    assert all(a < b for a, b in pairwise(instants))
    assert len(instants) == 1200


def test_time_never_goes_back_even_when_the_clock_does(server: Server, camille: httpx.Client) -> None:
    first = camille.post("/Observation", json=observation()).json()
    server.clock.now -= timedelta(days=1)
    second = camille.post("/Observation", json=observation()).json()
    assert first["meta"]["lastUpdated"] < second["meta"]["lastUpdated"]


def test_clients_that_write_together_each_get_their_own_instant(server: Server) -> None:
    def write(_place: int) -> str:
        with httpx.Client() as client:
            answer = client.post(f"{server.url}/Observation", json=observation(), headers={"X-Person": "camille"})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["meta"]["lastUpdated"])

    with ThreadPoolExecutor(6) as threads:
        instants = list(threads.map(write, range(24)))
    assert len(set(instants)) == 24
    assert len(list_ids(server.camille.get("/Observation?patient=leo"))) == 24


def test_a_seed_of_a_known_id_is_its_next_version(server: Server) -> None:
    for value in (1, 2):
        seed_resources(server.store, [observation(id="o1", valueInteger=value)])
    with server.store.read() as con:
        current = find_current(con, "Observation", "o1")
    assert current
    assert current.version == 2
    assert json.loads(current.body or "")["valueInteger"] == 2


def test_deleted_and_unknown_resources_are_not_found(server: Server, camille: httpx.Client) -> None:
    camille.put("/Observation/o1", json=observation(id="o1"))
    assert [found["id"] for found in server.store.find("Observation", ["o1", "o2"])] == ["o1"]
    camille.delete("/Observation/o1")
    assert server.store.find("Observation", ["o1", "o2"]) == []


def test_the_day_is_the_one_in_france(server: Server) -> None:
    server.clock.now = server.clock.now.replace(hour=23, minute=30)
    assert server.store.today().isoformat() == "2026-11-21"
    assert read_interval(utc_now().isoformat())
