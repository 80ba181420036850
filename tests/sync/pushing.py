"""A person at a desk: a real store with one profile, who writes, and pushes to whatever server listens."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Fault, Phase, SyncStatus
from mes_app.fhir.bodies import read_body
from mes_app.fhir.bundles import parse_resource
from mes_app.fhir.overviews import summarise
from mes_app.store.blobs import Blobs
from mes_app.store.conflicts import Conflict, list_conflicts
from mes_app.store.database import Database
from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.ops import Op, list_ops
from mes_app.store.pages import save_page
from mes_app.store.profiles import save_profile
from mes_app.store.records import Stored, get_record, list_rows
from mes_app.store.versions import When, Written
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.credentials import Fixed
from mes_app.sync.guards import Guards
from mes_app.sync.networks import Network
from mes_app.sync.pages import make_incoming
from mes_app.sync.progress import Progress
from mes_app.sync.push import Push
from tests.sync.serving import NOW
from tests.sync.vaults import opened_vault

TYPES = ("Binary", "DocumentReference", "Observation", "AllergyIntolerance")
PUTTING = Capabilities(types=TYPES, update_create=TYPES, transaction=True)
POSTING = Capabilities(types=TYPES, conditional_create=TYPES)
BARE = Capabilities(types=TYPES)


def make_measure(value: float = 70.5, patient: str = "p1", **more: Any) -> dict[str, Any]:
    """A weight, as typed here."""
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}], "text": "Poids"},
        "subject": {"reference": f"Patient/{patient}"},
        "effectiveDateTime": "2026-11-20",
        "valueQuantity": {"value": value, "unit": "kg"},
    } | more


def make_document(patient: str = "p1") -> dict[str, Any]:
    """A document whose content is here only."""
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "description": "Ordonnance",
        "subject": {"reference": f"Patient/{patient}"},
        "content": [{"attachment": {"contentType": "text/plain", "title": "Ordonnance"}}],
    }


def put_in_version(resource: dict[str, Any], rid: str, version: str = "1") -> dict[str, Any]:
    """The same as a server keeps it."""
    meta = {"versionId": version, "lastUpdated": f"2026-11-20T10:00:0{version}Z"}
    return resource | {"id": rid, "meta": meta}


@dataclass
class Desk:
    """``api`` speaks to the server; ``told`` is the progress that was reported; ``at`` is now."""

    database: Database
    blobs: Blobs
    api: FhirApi
    capabilities: Capabilities
    profile: Profile
    at: datetime = NOW
    told: list[SyncStatus] = field(default_factory=list)

    @property
    def guards(self) -> Guards:
        return Guards(self.database, self.api.base)

    @property
    def when(self) -> When:
        return When(self.at, 0.0)

    async def create(self, resource: dict[str, Any]) -> str:
        return await self.database.write(create_record, self.profile.pid, _write(resource), self.when)

    async def change(self, lid: str, resource: dict[str, Any]) -> None:
        await self.database.write(change_record, lid, _write(resource), self.when)

    async def delete(self, lid: str) -> None:
        await self.database.write(delete_record, lid, self.when)

    async def receive(self, *resources: dict[str, Any]) -> str:
        """What a pull brings; our id of the last."""
        page = [make_incoming(parse_resource(json.dumps(resource).encode()), holder=True) for resource in resources]
        await self.database.write(save_page, self.profile.pid, page, merge=merge_versions)
        rows = await self.database.read(list_rows, self.profile.pid, page[-1].overview.kind)
        found = [await self.database.read(get_record, row.id) for row in rows]
        return next(stored.row.id for stored in found if stored.rid == resources[-1]["id"])

    async def push(self, capabilities: Capabilities | None = None) -> list[Fault]:
        push = Push(
            self.api,
            self.database,
            self.blobs,
            capabilities or self.capabilities,
            self.guards,
            merge=merge_versions,
            now=lambda: self.at,
            progress=Progress(self.told.append, Phase.RECORDS, self.profile.pid),
        )
        await push.run(self.profile)
        return push.faults

    def wait(self, **delay: float) -> None:
        self.at += timedelta(**delay)

    async def ops(self) -> list[Op]:
        return await self.database.read(list_ops, "1 = 1", ())

    async def conflicts(self) -> list[Conflict]:
        return await self.database.read(list_conflicts)

    async def stored(self, lid: str) -> Stored:
        return await self.database.read(get_record, lid)


@asynccontextmanager
async def opened_desk(
    folder: Path,
    base: str,
    capabilities: Capabilities = PUTTING,
    *,
    patient: str = "p1",
    network: Network | None = None,
) -> AsyncIterator[Desk]:
    """The desk of the vault in ``folder``, which has a profile of ``patient``."""
    profile = Profile(pid="me", rid=patient, name="Camille Martin", holder=True)
    async with opened_vault(folder) as (database, blobs), FhirApi(base, Fixed(), network or Network()) as api:
        await database.write(save_profile, profile)
        yield Desk(database, blobs, api, capabilities, profile)


def _write(resource: dict[str, Any]) -> Written:
    body = json.dumps(resource).encode()
    return Written(resource["resourceType"], body, summarise(read_body(body), holder=True))
