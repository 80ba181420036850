"""First sync of 10,000 resources, against downloading and parsing the same pages into plain SQLite."""

import json
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.backends import Backend, run_backend
from bench.figures import Figure, Work, compare, do_nothing
from bench.vaults import new_carnets, secret_of
from mes_app.domain.servers import ServerAccount
from mes_app.fhir.types import PULLED_TYPES
from mes_app.services.carnets import Carnets
from mes_app.sync.api import FhirApi
from mes_app.sync.networks import Network
from mes_app.sync.tokens import TokenSession

RESOURCES = 10_000
PAGE = "200"


async def measure() -> Figure:
    """Three rounds of each, on the same server."""
    with run_backend(RESOURCES) as backend:
        return await compare(
            f"first sync of {RESOURCES} resources", lambda: _pull(backend), lambda: _download(backend), rounds=3
        )


async def sync_first(backend: Backend, carnets: Carnets, begin: Work = do_nothing) -> None:
    """A new vault, signed in to ``backend``; ``begin``; and all its records."""
    session = await carnets.vault.create(secret_of(carnets))
    await session.syncing.connect(await backend.sign_in(carnets.login))
    await begin()
    await session.syncing.run()
    (profile,) = (await session.status.read()).profiles
    assert sum(profile.counts.values()) >= RESOURCES


async def _pull(backend: Backend) -> None:
    async with new_carnets() as carnets:
        await sync_first(backend, carnets)


async def _download(backend: Backend) -> None:
    async with new_carnets() as carnets:
        await carnets.vault.create(secret_of(carnets))
        account = await backend.sign_in(carnets.login)
        api = FhirApi(account.fhir_base, TokenSession(account, _keep, Network()), Network())
        person = json.loads((await api.get(account.person)).body)
        patient = person["link"][0]["target"]["reference"].split("/")[1]
        with TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "plain.db") as plain:
            plain.execute("PRAGMA journal_mode=WAL")
            plain.execute("CREATE TABLE res (type TEXT, id TEXT, body TEXT, PRIMARY KEY (type, id))")
            for resource_type in PULLED_TYPES:
                await _download_type(api, plain, resource_type, patient)
        await api.close()


async def _download_type(api: FhirApi, plain: sqlite3.Connection, resource_type: str, patient: str) -> None:
    first = f"{resource_type}?patient={patient}&_sort=-_lastUpdated&_count={PAGE}"
    page = json.loads((await api.get(first)).body)
    while True:
        found = [entry["resource"] for entry in page.get("entry", [])]
        rows = [(resource_type, resource["id"], json.dumps(resource)) for resource in found]
        plain.executemany("INSERT OR REPLACE INTO res VALUES (?, ?, ?)", rows)
        plain.commit()
        following = [link["url"] for link in page.get("link", []) if link["relation"] == "next"]
        if not following:
            return
        page = json.loads((await api.get(following[0])).body)


async def _keep(_account: ServerAccount) -> None:
    """The reference keeps no session."""
