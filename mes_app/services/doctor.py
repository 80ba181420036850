"""Examine what the app stands on: vault, keys, key store, process, files, disk and server, and say what is not well.

No secret is asked for, nothing is opened, repaired or removed: what to do about a finding is the person's choice.
"""

import os
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mes_app.crypto.keys import KeyFile, SlotKind, check_device, name_device_secret, read_keys
from mes_app.crypto.keystore import KeyStore
from mes_app.crypto.secret import Secret
from mes_app.errors import MesError, Reason, Unreadable
from mes_app.services.temporaries import count_leftovers
from mes_app.services.vault import VaultState
from mes_app.services.vault_files import VaultFiles

FREE_BYTES_NEEDED = 50_000_000

_HEALTHY = (VaultState.ABSENT, VaultState.LOCKED, VaultState.OPEN)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined. ``state`` picks the words, ``facts`` fill them."""

    check: str
    state: str
    ok: bool
    facts: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Instruments:
    """What the doctor looks with.

    ``cipher``: the version of SQLCipher, empty if missing. ``key_store``: None where the device has none.
    ``read_measures``: whether each measure that protects the process holds. ``find_server`` raises MesError when the
    server does not answer.
    """

    cipher: str
    read_state: Callable[[], VaultState]
    key_store: KeyStore | None
    read_measures: Callable[[], Mapping[str, bool]]
    find_server: Callable[[str], Awaitable[object]]


class Doctor:
    """Examines the data folder ``folder``. ``server``: the address to try, empty if none."""

    def __init__(self, folder: Path, server: str, instruments: Instruments) -> None:
        self._folder = folder
        self._server = server
        self._with = instruments

    async def examine(self) -> list[Finding]:
        """Every finding, the good ones too."""
        keys = self._read_keys()
        return [
            self._examine_cipher(),
            self._examine_vault(),
            await self._examine_keys(keys),
            *(_examine_ways(keys) if keys else ()),
            *(Finding(name, "ok" if holds else "missing", holds) for name, holds in self._with.read_measures().items()),
            *self._examine_files(),
            self._examine_disk(),
            *([await self._examine_server()] if self._server else ()),
        ]

    def _read_keys(self) -> KeyFile | None:
        """The key file; None where there is none that can be used, which is said of the vault."""
        try:
            return read_keys(VaultFiles(self._folder / "vault").keys)
        except Unreadable:
            return None

    def _examine_cipher(self) -> Finding:
        cipher = self._with.cipher
        return Finding("cipher", "ok" if cipher else "missing", bool(cipher), {"version": cipher})

    def _examine_vault(self) -> Finding:
        state = self._with.read_state()
        return Finding("vault", state.value, state in _HEALTHY)

    async def _examine_keys(self, keys: KeyFile | None) -> Finding:
        """What stands beside the secret that the person types, and whether it is there."""
        store = self._with.key_store
        if keys and keys.kind is None:
            return Finding("keys", "destroyed", ok=False)
        if keys.has(SlotKind.PASSPHRASE) if keys else store is None:
            return Finding("keys", "passphrase", ok=True)
        try:
            await _try_key_store(store, keys)
        except Unreadable as error:
            return Finding("keys", "lost" if error.reason is Reason.KEY_STORE_LOST else "silent", ok=False)
        return Finding("keys", "store", ok=True)

    def _examine_files(self) -> list[Finding]:
        exposed, leftovers = _count_exposed(self._folder), count_leftovers(self._folder)
        return [
            Finding("files", "exposed" if exposed else "private", not exposed, {"count": exposed}),
            Finding("leftovers", "some" if leftovers else "none", not leftovers, {"count": leftovers}),
        ]

    def _examine_disk(self) -> Finding:
        existing = next(path for path in (self._folder, *self._folder.parents) if path.exists())
        free = shutil.disk_usage(existing).free
        enough = free >= FREE_BYTES_NEEDED
        return Finding("disk", "ok" if enough else "full", enough, {"megabytes": free // 1_000_000})

    async def _examine_server(self) -> Finding:
        try:
            await self._with.find_server(self._server)
        except MesError:
            return Finding("server", "silent", ok=False)
        return Finding("server", "ok", ok=True)


def _examine_ways(keys: KeyFile) -> Iterator[Finding]:
    """What a guess of the typed secret costs, which ``read_keys`` refuses below the floor; then the other ways in."""
    for cost in (slot.kdf for slot in keys.slots if slot.kdf):
        yield Finding("cost", "ok", ok=True, facts={"megabytes": cost.m // 1024, "passes": cost.t})
    yield Finding("recovery", "kept" if keys.has(SlotKind.RECOVERY) else "missing", ok=True)
    if keys.has(SlotKind.BIOMETRIC):
        yield Finding("biometrics", "on", ok=True)


async def _try_key_store(store: KeyStore | None, keys: KeyFile | None) -> None:
    """Raise Unreadable: NO_KEY_STORE when it does not answer, KEY_STORE_LOST when it lacks what belongs to ``keys``."""
    if store is None:
        raise Unreadable(Reason.NO_KEY_STORE)
    value = await store.get(name_device_secret(keys.db_id) if keys else "probe")
    if keys:
        with Secret(bytearray(value or b"")) as device_secret:
            check_device(keys, device_secret if value else None)


def _count_exposed(folder: Path) -> int:
    """How many files and folders under ``folder`` others on this computer may read, write or enter."""
    if os.name == "nt":  # permissions there are those of the user's own folder
        return 0
    walk = os.walk(folder)
    return sum(_is_exposed(Path(place, name)) for place, folders, files in walk for name in (*folders, *files))


def _is_exposed(path: Path) -> bool:
    try:
        return bool(path.lstat().st_mode & 0o077)
    except FileNotFoundError:  # gone while we walked
        return False
