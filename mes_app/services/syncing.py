"""Keep the vault and its server in agreement: all of it, or the content of one document.

Screens follow ``status``; none of them waits for the network.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Idle, SyncStatus
from mes_app.services.freshness import Freshness
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.sync.connections import Connections
from mes_app.sync.contents import Contents
from mes_app.sync.engine import Engine, read_last_success
from mes_app.sync.networks import Network

Listener = Callable[[SyncStatus], None]


class Syncing:
    """The sync of one open vault. Made by ``open``."""

    def __init__(
        self, database: Database, blobs: Blobs, network: Network, freshness: Freshness, *, content_limit: int
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._network = network
        self._freshness = freshness
        self._content_limit = content_limit
        self._metered = False
        self._connections = Connections(database, network)
        self._status: SyncStatus = Idle()
        self._listeners: list[Listener] = []
        self._run: asyncio.Task[SyncStatus] | None = None

    @classmethod
    async def open(
        cls, database: Database, blobs: Blobs, network: Network, freshness: Freshness, *, content_limit: int
    ) -> "Syncing":
        """The sync of the vault just unlocked, knowing when it last succeeded. ``content_limit`` in bytes."""
        syncing = cls(database, blobs, network, freshness, content_limit=content_limit)
        syncing._status = Idle(await read_last_success(database))
        return syncing

    @property
    def status(self) -> SyncStatus:
        """What goes on now, or how the last run ended."""
        return self._status

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with each new status; returns how to stop that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def run(self, first: str | None = None, *, thorough: bool = False) -> SyncStatus:
        """Sync every profile, ``first`` (a pid) before the others; how it ended. A second call awaits the same run.

        ``thorough``: compare every record with the server's, whatever the counts say; a run under way makes way.
        Raises NotAllowed(NO_SERVER). Whatever the network or the server does is in the status returned.
        """
        if thorough:
            await self.cancel()
        if self._run is None or self._run.done():
            self._run = asyncio.create_task(self._sync(first, thorough=thorough))
        run = self._run
        await asyncio.wait([run])  # whoever no longer waits does not end the run
        return self._status if run.cancelled() else run.result()

    async def cancel(self) -> None:
        """Stop the run under way, if any, and wait until it has. What it brought stays."""
        if self._run and not self._run.done():
            self._run.cancel()
            await asyncio.wait([self._run])

    def note_network(self, *, metered: bool) -> None:
        """Hear whether the network in use is one that costs by the byte; until told, it is not known to be."""
        self._metered = metered

    async def account(self) -> ServerAccount | None:
        """The account of this vault, if it has a server."""
        return await self._connections.account()

    async def connect(self, account: ServerAccount) -> None:
        """Keep ``account`` in the vault. Its profiles appear with the first run."""
        await self.cancel()
        await self._connections.use(account)

    async def disconnect(self) -> None:
        """Sign out: the records stay.

        Raises Locked(CONFIRM_SECRET), nothing done, unless the owner was just proved; Offline, Busy, Unreadable when
        the server could not be told of it.
        """
        self._freshness.require()
        await self.cancel()
        await self._connections.end()

    async def fetch_content(self, record_id: str) -> None:
        """The content of one document, now. Raises Offline, Unreadable, NotAllowed, Busy, SessionExpired."""
        _, api = await self._connections.open()
        async with api:
            await Contents(api, self._database, self._blobs, self._content_limit).fetch(record_id)

    async def _sync(self, first: str | None, *, thorough: bool) -> SyncStatus:
        account, api = await self._connections.open()
        async with api:
            engine = Engine(
                self._database,
                self._blobs,
                api,
                now=self._network.now,
                report=self._tell,
                content_limit=self._content_limit,
                is_metered=lambda: self._metered,
                thorough=thorough,
            )
            return await engine.run(account, first)

    def _tell(self, status: SyncStatus) -> None:
        self._status = status
        for listener in tuple(self._listeners):
            listener(status)
