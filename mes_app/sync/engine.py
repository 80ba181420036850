"""One run of the sync from its first request to its last, told as it goes. Interrupted anywhere, it harms nothing.

Each profile is synced by itself: what was changed here is sent before what changed there is fetched, so that the
server, which refuses what it was not told of, is the one to find that both changed.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from mes_app.domain.people import Profile
from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Fault, Idle, Phase, Running, Stopped
from mes_app.errors import Busy, MesError
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference
from mes_app.sync.api import FhirApi
from mes_app.sync.capabilities import Capabilities, choose_capabilities
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.contents import Contents
from mes_app.sync.guards import Guards
from mes_app.sync.networks import Clock
from mes_app.sync.pauses import note_pause, read_pause
from mes_app.sync.profiles import read_profiles
from mes_app.sync.progress import Progress, Report
from mes_app.sync.pull import Pull
from mes_app.sync.push import Push
from mes_app.sync.reconcile import Reconcile
from mes_app.sync.references import References
from mes_app.sync.scopes import Scope

_LAST_SUCCESS = "last_sync"


async def read_last_success(database: Database) -> datetime | None:
    """When all records last agreed with the server, UTC; None before the first time."""
    kept = await database.read(get_preference, _LAST_SUCCESS)
    return datetime.fromisoformat(kept) if kept else None


class Engine:
    """One run against one server. ``report`` hears every step; ``content_limit``: bytes of the largest content kept;
    ``is_metered``: the network in use is none to fetch contents over where the owner wants that;
    ``thorough``: every record is compared with the server's, whatever the counts say.
    """

    def __init__(
        self,
        database: Database,
        blobs: Blobs,
        api: FhirApi,
        *,
        now: Clock,
        report: Report,
        content_limit: int,
        is_metered: Callable[[], bool],
        thorough: bool,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._api = api
        self._now = now
        self._report = report
        self._content_limit = content_limit
        self._thorough = thorough
        self._is_metered = is_metered
        self._last_success: datetime | None = None
        self._faults: list[Fault] = []

    async def run(self, account: ServerAccount, first: str | None = None) -> Idle | Stopped:
        """Every profile (``first`` before the others), then contents; how it ended, also reported.

        Neither an error nor a cancellation is raised: both are ways to end. Nothing is asked of a server that wants to
        be left alone: that ends as Busy.
        """
        try:
            self._last_success = await read_last_success(self._database)
            error = await self._sync(account, first)
            end = Stopped(error, self._last_success) if error else Idle(self._last_success, tuple(self._faults))
        except MesError as error:
            await self._note_pause(error)
            end = Stopped(error, self._last_success)
        except asyncio.CancelledError:
            end = Stopped(None, self._last_success)
        self._report(end)
        return end

    async def _sync(self, account: ServerAccount, first: str | None) -> MesError | None:
        """The error of what could not be finished though the run went on to its end."""
        self._report(Running(Phase.CONNECTING))
        began = self._now()
        if pause := await self._database.read(read_pause, self._api.base, began):
            raise Busy(after=pause)
        capabilities = await choose_capabilities(self._api, self._database, began)
        profiles, faults = await read_profiles(self._api, self._database, account, began)
        profiles.sort(key=lambda profile: profile.pid != first)
        self._faults += faults
        references = References(self._api, self._database)
        failures = [
            error for profile in profiles for error in await self._sync_profile(profile, capabilities, references)
        ]
        if not failures:
            await self._database.write(put_preference, _LAST_SUCCESS, began.isoformat())
            self._last_success = began
        await references.refresh(began)
        self._faults += references.faults
        contents = Contents(self._api, self._database, self._blobs, self._content_limit)
        pids = [profile.pid for profile in profiles]
        self._faults += await contents.keep(pids, self._report, began, self._is_metered)
        return failures[0] if failures else None

    async def _sync_profile(
        self, profile: Profile, capabilities: Capabilities, references: References
    ) -> list[MesError]:
        """Send, then fetch, then check what both cannot tell; what kept types from their end."""
        await self._push(profile, capabilities)
        scope = Scope(self._api, self._database, references, profile, self._now)
        pull = Pull(scope, Progress(self._report, Phase.RECORDS, profile.pid))
        await pull.run(capabilities.types)
        reconcile = Reconcile(scope, Progress(self._report, Phase.CHECKING, profile.pid), thorough=self._thorough)
        await reconcile.run([name for name in capabilities.types if name not in pull.failures])
        self._faults += pull.faults + reconcile.faults
        return [*pull.failures.values(), *reconcile.failures]

    async def _push(self, profile: Profile, capabilities: Capabilities) -> None:
        push = Push(
            self._api,
            self._database,
            self._blobs,
            capabilities,
            Guards(self._database, self._api.base),
            merge=merge_versions,
            now=self._now,
            progress=Progress(self._report, Phase.SENDING, profile.pid),
        )
        await push.run(profile)
        self._faults += push.faults

    async def _note_pause(self, error: MesError) -> None:
        if isinstance(error, Busy):
            await self._database.write(note_pause, self._api.base, self._now(), error.after)
