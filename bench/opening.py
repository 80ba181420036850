"""Unlocking the vault, against one derivation of its key (Argon2id, 64 MiB, 3 passes, 4 lanes)."""

import asyncio

from argon2.low_level import Type, hash_secret_raw

from bench.figures import Figure, compare
from bench.vaults import new_carnets, secret_of


async def measure() -> Figure:
    """Seven rounds of each."""
    async with new_carnets() as carnets:
        secret = secret_of(carnets)
        await carnets.vault.create(secret)

        async def unlock() -> None:
            await carnets.vault.lock()
            await carnets.vault.unlock(secret)

        return await compare("lock and unlock the vault", unlock, _derive, rounds=7)


async def _derive() -> None:
    await asyncio.to_thread(hash_secret_raw, b"secret", b"0" * 16, 3, 64 * 1024, 4, 32, Type.ID)
