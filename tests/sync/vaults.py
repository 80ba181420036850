"""A real store in a temporary folder, opened for the length of one test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.syncing import Syncing
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.sync.networks import Network


@asynccontextmanager
async def opened_vault(folder: Path) -> AsyncIterator[tuple[Database, Blobs]]:
    """The store of ``folder``, made at its first opening."""
    path = folder / "vault.db"
    database = await Database.open(path, Secret(bytearray(range(32))), create=not path.exists())
    try:
        yield database, Blobs(folder / "blobs", database)
    finally:
        await database.close()


@asynccontextmanager
async def opened_syncing(
    folder: Path, network: Network | None = None, limit: int = 25_000_000, *, proved: bool = True
) -> AsyncIterator[tuple[Syncing, Database]]:
    """The sync of the store of ``folder``; what runs when the block ends is cancelled. ``proved``: the owner was."""
    freshness = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
    if proved:
        freshness.note()
    async with opened_vault(folder) as (database, blobs):
        syncing = await Syncing.open(database, blobs, network or Network(), freshness, content_limit=limit)
        try:
            yield syncing, database
        finally:
            await syncing.cancel()
