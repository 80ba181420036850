"""The same pushes to the reference backend, with its rights and transactions, and to a server that is not ours."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import Reason
from mes_app.fhir.labels import hide_body
from mes_app.store.outbox import drop_changes
from mes_app.sync.capabilities import choose_capabilities
from mes_app.sync.connections import Connections
from mes_app.sync.networks import Network
from mes_app.sync.profiles import read_profiles
from tests.journeys.plain_servers import run_plain_server
from tests.sync.backends import Backend
from tests.sync.pushing import Desk, make_document, make_measure
from tests.sync.vaults import opened_vault

TEXT = b"Une ordonnance"


@asynccontextmanager
async def opened_device(folder: Path, account: ServerAccount) -> AsyncIterator[Desk]:
    """A device of ``account`` with the vault in ``folder``, at the desk of its holder."""
    await asyncio.to_thread(folder.mkdir, exist_ok=True)
    async with opened_vault(folder) as (database, blobs):
        connections = Connections(database, Network())
        await connections.use(account)
        _, api = await connections.open()
        async with api:
            now = datetime.now(UTC)
            profiles, _ = await read_profiles(api, database, account, now)
            yield Desk(database, blobs, api, await choose_capabilities(api, database, now), profiles[0])


async def get(desk: Desk, reference: str) -> dict[str, Any]:
    answer = await desk.api.get(reference)
    found: dict[str, Any] = json.loads(answer.body)
    return found


async def live_through_a_day(desk: Desk) -> None:
    """Write, change, delete and send a document; what the server then has."""
    patient = desk.profile.rid or ""
    lid = await desk.create(make_measure(patient=patient))
    assert await desk.push() == []
    assert (await desk.stored(lid)).rid == lid
    await desk.change(lid, make_measure(71, patient))
    paper = await desk.create(make_document(patient))
    await desk.blobs.save(paper, TEXT)
    assert await desk.push() == []
    assert (await get(desk, f"Observation/{lid}"))["valueQuantity"]["value"] == 71
    attachment = (await get(desk, f"DocumentReference/{paper}"))["content"][0]["attachment"]
    assert base64.b64decode((await get(desk, attachment["url"]))["data"]) == TEXT
    await desk.delete(lid)
    assert await desk.push() == []
    assert (await desk.api.send("GET", f"Observation/{lid}")).status in (404, 410)
    assert await desk.ops() == []


async def edit_from_two_devices(one: Desk, other: Desk) -> None:
    """Both change the same record: what can be merged is, on the way."""
    patient = one.profile.rid or ""
    lid = await one.create(make_measure(patient=patient))
    await one.push()
    there = await other.receive(await get(one, f"Observation/{lid}"))
    await other.change(there, make_measure(patient=patient, method={"text": "balance"}))
    await one.change(lid, make_measure(patient=patient, note=[{"text": "à jeun"}]))
    assert await other.push() == await one.push() == []
    merged = await get(one, f"Observation/{lid}")
    assert (merged["note"], merged["method"]) == ([{"text": "à jeun"}], {"text": "balance"})
    assert (await one.ops(), await one.conflicts()) == ([], [])


def test_the_reference_backend_takes_all_that_is_sent(backend: Backend, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_device(tmp_path / "one", await backend.enrol()) as desk:
            await live_through_a_day(desk)

    asyncio.run(story())


def test_two_devices_of_a_family_converge(backend: Backend, tmp_path: Path) -> None:
    async def story() -> None:
        accounts = [await backend.enrol() for _ in range(2)]
        async with (
            opened_device(tmp_path / "one", accounts[0]) as one,
            opened_device(tmp_path / "other", accounts[1]) as other,
        ):
            await edit_from_two_devices(one, other)

    asyncio.run(story())


def test_a_refusal_of_the_reference_backend_waits_aside(backend: Backend, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened_device(tmp_path / "one", await backend.enrol()) as desk:
            await desk.create(make_measure(patient="nobody"))
            assert len(await desk.push()) == 1
            assert [(op.state, op.status) for op in await desk.ops()] == [("quarantined", 404)]

    asyncio.run(story())


def test_z1_what_the_backend_refuses_of_a_professional_s_document_is_told_and_given_up(
    backend: Backend, tmp_path: Path
) -> None:
    async def story() -> None:
        async with opened_device(tmp_path / "one", await backend.enrol()) as desk:
            found = await get(desk, f"DocumentReference?patient={desk.profile.rid}")
            documents = [entry["resource"] for entry in found["entry"]]
            theirs = next(one for one in documents if "Practitioner" in one["author"][0]["reference"])
            lid = await desk.receive(theirs)
            await desk.delete(lid)
            assert [fault.reason for fault in await desk.push()] == [Reason.FORBIDDEN]
            (op,) = await desk.ops()
            assert (op.state, op.status) == ("quarantined", 403)
            assert "vous pouvez le masquer" in op.told
            await desk.database.write(drop_changes, lid, desk.when)
            assert await desk.ops() == []
            hidden = hide_body((await desk.stored(lid)).body, hidden=True)
            await desk.change(lid, json.loads(hidden))
            assert await desk.push() == []
            assert await desk.ops() == []
            kept = await get(desk, f"DocumentReference/{theirs['id']}")
            assert "MASQUE_PS" in str(kept["securityLabel"])
            unlabelled = {name: value for name, value in kept.items() if name not in ("meta", "securityLabel")}
            assert unlabelled.items() <= theirs.items()

    asyncio.run(story())


def test_an_independent_server_takes_all_that_is_sent(tmp_path: Path) -> None:
    async def story(base: str) -> None:
        account = ServerAccount(fhir_base=base, sign_in=SignIn.PLAIN, patients=("p1",))
        async with opened_device(tmp_path / "one", account) as one, opened_device(tmp_path / "other", account) as other:
            await live_through_a_day(one)
            await edit_from_two_devices(one, other)

    with run_plain_server(tmp_path) as base:
        httpx.put(f"{base}/Patient/p1", json={"resourceType": "Patient", "id": "p1"}).raise_for_status()
        asyncio.run(story(base))
