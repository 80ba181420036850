"""The same server met over real sockets: what one device writes, another reads, whatever the server can do."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.domain.sync_status import Idle
from mes_app.fhir.overviews import summarise
from mes_app.store.database import Connection
from mes_app.store.edits import When, Written, create_record
from mes_app.store.profiles import list_profiles
from tests.sync.serving import served
from tests.sync.simulation.apps import make_app
from tests.sync.simulation.dialects import Dialect
from tests.sync.simulation.histories import read_json, write_json
from tests.sync.simulation.ledgers import TYPES, Ledger, find_numbers
from tests.sync.simulation.servers import FhirServer
from tests.sync.vaults import opened_syncing

START = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


def read_said(con: Connection) -> set[int]:
    bodies = con.execute("SELECT mirror FROM body JOIN res USING (lid) WHERE type <> 'Patient'")
    return {number for (body,) in bodies for number in find_numbers(read_json(bytes(body)))}


@pytest.mark.parametrize(
    "dialect",
    [Dialect(), Dialect(update_create=False, representation=False), Dialect(says_much=False, page_limit=1)],
    ids=["kind", "silent", "says little"],
)
def test_what_one_device_writes_another_reads(tmp_path: Path, dialect: Dialect) -> None:
    server = FhirServer(dialect, TYPES, lambda: START)
    server.write(("Patient", "parent"), {"resourceType": "Patient"})
    bodies = [Ledger().make_body(name, "parent") for name in TYPES]

    async def story(url: str) -> None:
        account = ServerAccount(fhir_base=f"{url}/fhir", sign_in=SignIn.PLAIN, patients=("parent",))
        async with opened_syncing(tmp_path / "one") as (one, mine), opened_syncing(tmp_path / "two") as (two, theirs):
            await one.connect(account)
            await two.connect(account)
            assert isinstance(await one.run(), Idle)
            pid = (await mine.read(list_profiles))[0].pid
            for body in bodies:
                written = Written(body["resourceType"], write_json(body), summarise(body, holder=True))
                await mine.write(create_record, pid, written, When(START, 0.0))
            assert isinstance(await one.run(), Idle)
            assert isinstance(await two.run(), Idle)
            assert await theirs.read(read_said) == find_numbers(bodies)

    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with served(make_app(server, frozenset({"parent"}))) as url:
        asyncio.run(story(url))
