"""Examine what the app stands on: the vault, the key store, the server and the disk."""

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from mes_app.errors import MesError
from mes_app.services.vault import SecretKind, Vault, VaultState

FREE_BYTES_NEEDED = 50_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. ``state`` picks the words, ``facts`` fill them."""

    check: str
    state: str
    ok: bool
    facts: dict[str, int | str] = field(default_factory=dict)


class Doctor:
    """Looks without opening or changing anything. ``find_server`` raises MesError when the server does not answer."""

    def __init__(
        self, folder: Path, vault: Vault, server: str, find_server: Callable[[str], Awaitable[object]], cipher: str
    ) -> None:
        self._folder = folder
        self._vault = vault
        self._server = server
        self._find_server = find_server
        self._cipher = cipher

    async def examine(self) -> list[Finding]:
        """Every finding, the good ones too."""
        return [self._examine_cipher(), self._examine_vault(), self._examine_keys(), self._examine_disk()] + (
            [await self._examine_server()] if self._server else []
        )

    def _examine_cipher(self) -> Finding:
        return Finding("cipher", "ok" if self._cipher else "missing", bool(self._cipher), {"version": self._cipher})

    def _examine_vault(self) -> Finding:
        state = self._vault.state()
        return Finding("vault", state.value, state is not VaultState.DAMAGED)

    def _examine_keys(self) -> Finding:
        kind = self._vault.secret_kind()
        return Finding("keys", "store" if kind is SecretKind.PIN else "passphrase", ok=True)

    def _examine_disk(self) -> Finding:
        existing = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        free = shutil.disk_usage(existing).free
        enough = free >= FREE_BYTES_NEEDED
        return Finding("disk", "ok" if enough else "full", enough, {"megabytes": free // 1_000_000})

    async def _examine_server(self) -> Finding:
        try:
            await self._find_server(self._server)
        except MesError:
            return Finding("server", "silent", ok=False)
        return Finding("server", "ok", ok=True)
