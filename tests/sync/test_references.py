import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason
from mes_app.store.shared import find_shared
from mes_app.sync.api import FhirApi
from mes_app.sync.credentials import Fixed
from mes_app.sync.networks import Network
from mes_app.sync.pages import Ref
from mes_app.sync.references import References, save_found
from tests.sync.serving import NOW, Asked, Say, Scripted, make_bundle, served
from tests.sync.vaults import opened_vault


def search(*resources: dict[str, Any]) -> Any:
    def answer(asked: Asked) -> Say:
        return Say(make_bundle(*(r for r in resources if r["id"] in asked.query["_id"].split(","))))

    return answer


def make(resource_type: str, rid: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": resource_type, "id": rid} | more


def fetch(folder: Path, server: Scripted, *rounds: set[Ref]) -> tuple[list[list[str]], list[Fault]]:
    """The ids found and kept at each round, and the faults."""

    async def story(url: str) -> tuple[list[list[str]], list[Fault]]:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            references, found = References(api, database), []
            for refs in rounds:
                items = await references.fetch(refs)
                await database.write(save_found, items)
                assert all([await database.read(find_shared, item.type, item.id) for item in items])
                found.append(sorted(item.id for item in items))
            return found, references.faults

    with served(server) as url:
        return asyncio.run(story(url))


def test_what_a_page_refers_to_is_fetched_with_what_that_refers_to(tmp_path: Path) -> None:
    role = make("PractitionerRole", "r", practitioner={"reference": "Practitioner/d"})
    server = Scripted({"/fhir/PractitionerRole": search(role), "/fhir/Practitioner": search(make("Practitioner", "d"))})
    assert fetch(tmp_path, server, {("PractitionerRole", "r")}) == ([["d", "r"]], [])


def test_many_references_take_one_request_for_fifty_and_none_is_asked_for_twice(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Organization": search(*(make("Organization", f"o{n}") for n in range(60)))})
    refs = {("Organization", f"o{n}") for n in range(60)}
    found, _ = fetch(tmp_path, server, refs, refs)
    assert [len(ids) for ids in found] == [60, 0]
    assert [asked.query["_count"] for asked in server.asked] == ["50", "10"]


def test_what_is_already_here_is_not_asked_for_again_by_the_next_run(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Location": search(make("Location", "l"))})
    fetch(tmp_path, server, {("Location", "l")})
    fetch(tmp_path, server, {("Location", "l")})
    assert len(server.asked) == 1


def test_a_resource_that_was_not_asked_for_is_not_kept(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Device": Say(make_bundle(make("Device", "other"), make("Patient", "p2")))})
    assert fetch(tmp_path, server, {("Device", "d")})[0] == [[]]


def test_a_search_that_is_refused_is_a_fault_and_not_an_end(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Device": Say({}, 403)})
    assert fetch(tmp_path, server, {("Device", "d")}) == ([[]], [Fault("Device", "", Reason.FORBIDDEN)])


def refresh(folder: Path, server: Scripted, now: datetime) -> bytes | None:
    """The professional that is kept after a refresh."""

    async def story(url: str) -> bytes | None:
        async with opened_vault(folder) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            await References(api, database).refresh(now)
            return await database.read(find_shared, "Practitioner", "d")

    with served(server) as url:
        return asyncio.run(story(url))


def test_what_is_kept_is_asked_for_again_once_a_week(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Practitioner": search(make("Practitioner", "d", active=False))})
    refresh(tmp_path, server, NOW)
    fetch(tmp_path, Scripted({"/fhir/Practitioner": search(make("Practitioner", "d"))}), {("Practitioner", "d")})
    refresh(tmp_path, server, NOW + timedelta(days=6))
    assert server.asked == []
    kept = refresh(tmp_path, server, NOW + timedelta(days=7))
    assert kept
    assert b"active" in kept
    refresh(tmp_path, server, NOW + timedelta(days=13))
    assert len(server.asked) == 1


def test_what_a_run_has_just_asked_for_is_not_asked_for_twice(tmp_path: Path) -> None:
    server = Scripted({"/fhir/Device": search(make("Device", "d"))})

    async def story(url: str) -> None:
        async with opened_vault(tmp_path) as (database, _), FhirApi(f"{url}/fhir", Fixed(), Network()) as api:
            await References(api, database).refresh(NOW)
            references = References(api, database)
            await database.write(save_found, await references.fetch({("Device", "d")}))
            await references.refresh(NOW + timedelta(days=8))

    with served(server) as url:
        asyncio.run(story(url))
    assert len(server.asked) == 1
