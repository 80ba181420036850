"""Unlocking the vault, against one derivation of its key alone: Argon2id at the very cost that this vault has."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2.low_level import Type, hash_secret_raw

from bench.figures import Figure, compare
from bench.vaults import open_carnets, secret_of
from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import read_keys
from mes_app.services.vault import SecretKind
from mes_app.services.vault_files import VaultFiles

KEY_STORES = {"linux": "Secret Service", "darwin": "Keychain", "win32": "Credential Locker"}


async def measure() -> Figure:
    """Fifteen rounds of each. All that is not Argon2id, key store included, is to stay below a tenth of it."""
    with TemporaryDirectory(prefix="mes-carnets-bench-") as folder:
        async with open_carnets(Path(folder)) as carnets:
            vault, secret = carnets.vault, secret_of(carnets)
            await vault.create(secret)
            cost = _read_cost(VaultFiles(Path(folder) / "vault"))
            by = f"PIN, {KEY_STORES[sys.platform]}" if vault.secret_kind() is SecretKind.PIN else "passphrase"
            return await compare(
                f"unlock by {by}, {cost.m // 1024} MiB",
                lambda: vault.unlock(secret),
                lambda: asyncio.to_thread(_derive, cost),
                rounds=15,
                prepare=vault.lock,
            )


def _read_cost(files: VaultFiles) -> Cost:
    return next(slot.kdf for slot in read_keys(files.keys).slots if slot.kdf)


def _derive(cost: Cost) -> None:
    hash_secret_raw(b"secret", b"0" * 16, cost.t, cost.m, cost.p, 32, Type.ID)
