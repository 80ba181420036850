"""The vault of one account holder: made, unlocked, locked and wiped here, and nowhere else.

Files are never repaired, emptied or made anew behind the person's back: what cannot be read is said, and left as it is.
Keys are in memory only while the store opens.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from uuid6 import uuid7

from mes_app.crypto.keys import KeyFile, name_device_secret, read_keys, unwrap_data_key, wrap_data_key, write_keys
from mes_app.crypto.keystore import KeyStore
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind, check_strength
from mes_app.errors import NotAllowed, Reason, Unreadable
from mes_app.services.session import Session
from mes_app.services.vault_files import VaultFiles, check_files, hold_vault, read_salt
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database

__all__ = ["SecretKind", "Vault", "VaultState"]

OpenSession = Callable[[Database, Blobs], Awaitable[Session]]


class VaultState(StrEnum):
    """What the person meets: a welcome, a lock, the records, or a way to recover."""

    ABSENT = "absent"
    LOCKED = "locked"
    OPEN = "open"
    DAMAGED = "damaged"


class Vault:
    """The vault in ``folder``, for one person at one screen. ``key_store``: None where the device has none."""

    def __init__(self, folder: Path, key_store: KeyStore | None, open_session: OpenSession) -> None:
        self._root = folder
        self._files = VaultFiles(folder / "vault")
        self._key_store = key_store
        self._open_session = open_session
        self._turn = asyncio.Lock()
        self._session: Session | None = None
        self._closing = AsyncExitStack()

    def state(self) -> VaultState:
        """What is there now. Reads keys.json and the first bytes of the database, no more."""
        if self._session is not None:
            return VaultState.OPEN
        if not self._files.folder.exists():
            return VaultState.ABSENT
        try:
            check_files(self._files)
        except Unreadable as error:
            return VaultState.LOCKED if error.reason is Reason.NEWER_VERSION else VaultState.DAMAGED
        return VaultState.LOCKED

    def secret_kind(self) -> SecretKind:
        """What opens this vault, or will open the one to be made on this device."""
        try:
            return read_keys(self._files.keys).kind
        except Unreadable:
            return self._new_kind

    async def create(self, secret: str) -> Session:
        """Make the vault, locked from now on by ``secret``, and open it.

        Raises Rejected("secret", TOO_SHORT | TOO_SIMPLE | NOT_ACCEPTED), NotAllowed(VAULT_EXISTS),
        Unreadable(NO_KEY_STORE | DISK_FULL), Locked(OPEN_ELSEWHERE).
        """
        check_strength(self._new_kind, secret)
        async with self._turn, AsyncExitStack() as undo:
            self._refuse_if_open()
            undo.callback(await hold_vault(self._root))
            if self._files.folder.exists():
                raise NotAllowed(Reason.VAULT_EXISTS)
            with make_secret() as data_key:
                await self._write_vault(data_key, secret)
                database = await Database.open(self._files.database, data_key)
            return await self._start(database, self._files, undo)

    async def unlock(self, secret: str) -> Session:
        """Open the vault.

        Raises Locked(WRONG_SECRET | OPEN_ELSEWHERE); Unreadable: NOT_A_VAULT | DAMAGED | NEWER_VERSION for the files,
        NO_KEY_STORE when the key store does not answer, KEY_STORE_LOST when it no longer holds what belongs to them.
        """
        async with self._turn, AsyncExitStack() as undo:
            self._refuse_if_open()
            if not self._files.folder.exists():
                raise Unreadable(Reason.NOT_A_VAULT)
            undo.callback(await hold_vault(self._root))
            keys = check_files(self._files)
            with await self._unwrap(keys, secret) as data_key:
                database = await Database.open(self._files.database, data_key)
            return await self._start(database, self._files, undo)

    async def create_temporary(self) -> Session:
        """An empty vault for the demonstration: its key is never written, its folder goes when it is locked."""
        async with self._turn, AsyncExitStack() as undo:
            self._refuse_if_open()
            files = VaultFiles(Path(undo.enter_context(TemporaryDirectory(prefix="mes-carnets-"))))
            with make_secret() as data_key:
                database = await Database.open(files.database, data_key, create=True)
            return replace(await self._start(database, files, undo), temporary=True)

    async def lock(self) -> None:
        """Stop what runs, close the store and let go of the files. Nothing happens where nothing is open."""
        async with self._turn:
            await self._close()

    async def wipe(self) -> None:
        """Destroy the keys, the files and the device secret, in this order.

        Raises Locked(OPEN_ELSEWHERE) while in use elsewhere, before anything is lost; Unreadable(NO_KEY_STORE) when
        only the device secret is left: alone it opens nothing.
        """
        async with self._turn, AsyncExitStack() as undo:
            await self._close()
            undo.callback(await hold_vault(self._root))
            name = self._find_device_secret()
            self._files.erase()
            self._drafts.erase()
            if name and self._key_store is not None:
                await self._key_store.delete(name)

    @property
    def _new_kind(self) -> SecretKind:
        return SecretKind.PASSPHRASE if self._key_store is None else SecretKind.PIN

    @property
    def _drafts(self) -> VaultFiles:
        return VaultFiles(self._root / "vault.new")

    def _refuse_if_open(self) -> None:
        if self._session is not None:
            raise NotAllowed(Reason.VAULT_EXISTS)

    async def _write_vault(self, data_key: Secret, secret: str) -> None:
        drafts, db_id = self._drafts, str(uuid7())
        drafts.make_empty()
        database = await Database.open(drafts.database, data_key, create=True)
        await database.close()
        device_secret = await self._make_device_secret(db_id)
        with device_secret or nullcontext():
            keys = await asyncio.to_thread(
                wrap_data_key, data_key, secret, device_secret, db_id=db_id, db_salt=read_salt(drafts.database)
            )
        write_keys(drafts.keys, keys)
        drafts.publish(self._files)

    async def _make_device_secret(self, db_id: str) -> Secret | None:
        if self._key_store is None:
            return None
        device_secret, name = make_secret(), name_device_secret(db_id)
        value = bytes(device_secret.view())
        await self._key_store.put(name, value)
        if await self._key_store.get(name) != value:  # some key stores forget at once, without a word
            raise Unreadable(Reason.NO_KEY_STORE)
        return device_secret

    async def _unwrap(self, keys: KeyFile, secret: str) -> Secret:
        device_secret = await self._fetch_device_secret(keys)
        with device_secret or nullcontext():
            return await asyncio.to_thread(unwrap_data_key, keys, secret, device_secret)

    async def _fetch_device_secret(self, keys: KeyFile) -> Secret | None:
        if keys.kind is SecretKind.PASSPHRASE:
            return None
        if self._key_store is None:
            raise Unreadable(Reason.NO_KEY_STORE)
        value = await self._key_store.get(name_device_secret(keys.db_id))
        if not value:
            raise Unreadable(Reason.KEY_STORE_LOST)
        return Secret(bytearray(value))

    async def _start(self, database: Database, files: VaultFiles, undo: AsyncExitStack) -> Session:
        undo.push_async_callback(database.close)
        blobs = Blobs(files.contents, database)
        await blobs.sweep()
        session = await self._open_session(database, blobs)
        self._session, self._closing = session, undo.pop_all()
        return session

    async def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            async with self._closing.pop_all():
                await session.syncing.cancel()

    def _find_device_secret(self) -> str | None:
        try:
            return name_device_secret(read_keys(self._files.keys).db_id)
        except Unreadable:
            return None
