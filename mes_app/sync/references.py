"""Close a page over what it refers to: professionals, places, medicines and devices that belong to no patient."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from mes_app.domain.sync_status import Fault
from mes_app.errors import NotAllowed, Rejected, Unreadable
from mes_app.fhir.bundles import RawResource, parse_bundle
from mes_app.fhir.references import find_references
from mes_app.store.database import Connection, Database
from mes_app.store.preferences import get_preference, put_preference
from mes_app.store.shared import list_shared, missing_shared, save_shared
from mes_app.sync.api import FhirApi
from mes_app.sync.pages import Ref

BATCH = 50
DEPTH = 4
LIFE = timedelta(days=7)

_REFRESHED = "shared_refreshed"


class References:
    """Fetches each missing resource once per run, and all once a week. ``faults``: searches that the server refused."""

    def __init__(self, api: FhirApi, database: Database) -> None:
        self._api = api
        self._database = database
        self._asked: set[Ref] = set()
        self._fresh: set[Ref] = set()
        self.faults: list[Fault] = []

    async def fetch(self, refs: set[Ref]) -> list[RawResource]:
        """What ``refs`` name and the store lacks, and what these refer to in turn. Raises Offline, Busy, …"""
        found: list[RawResource] = []
        for _ in range(DEPTH):
            refs = refs - self._asked
            if not refs:
                break
            self._asked |= refs
            missing = await self._database.read(missing_shared, refs)
            self._fresh |= set(missing)
            fetched = [item for url in _searches(missing) for item in await self._search(url)]
            found += fetched
            refs = {ref for item in fetched for ref in find_references(item.resource)}
        return found

    async def refresh(self, now: datetime) -> None:
        """Ask again, once a week, for all that is kept and that this run did not fetch. Raises Offline, Busy, …"""
        since = await self._database.read(get_preference, _REFRESHED)
        if since and timedelta() <= now - datetime.fromisoformat(since) < LIFE:
            return
        refs = await self._database.read(list_shared) - self._fresh if since else set()
        self._asked |= refs
        for url in _searches(refs):
            await self._database.write(save_found, await self._search(url))
        await self._database.write(put_preference, _REFRESHED, now.isoformat())

    async def _search(self, url: str) -> list[RawResource]:
        try:
            answer = await self._api.get(url)
            bundle = await asyncio.to_thread(parse_bundle, answer.body)
        except (Rejected, NotAllowed, Unreadable) as error:
            self.faults.append(Fault(url.partition("?")[0], "", error.reason))
            return []
        return [item for item in bundle.entries if (item.type, item.id) in self._asked]


def save_found(con: Connection, found: Iterable[RawResource]) -> None:
    """Keep what ``References.fetch`` brought."""
    for item in found:
        save_shared(con, item.type, item.id, item.version, item.body)


def _searches(refs: Iterable[Ref]) -> Iterator[str]:
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for resource_type, rid in refs:
        by_type[resource_type].append(rid)
    for resource_type, rids in by_type.items():
        for start in range(0, len(rids), BATCH):
            ids = rids[start : start + BATCH]
            yield f"{resource_type}?{urlencode({'_id': ','.join(ids), '_count': len(ids)}, safe=',')}"
