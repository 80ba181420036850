"""The vault of one account holder: made, unlocked, locked and wiped here, and nowhere else.

Files are never repaired, emptied or made anew behind the person's back: what cannot be read is said, and left as it is.
Keys are in memory only while the store opens.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from uuid6 import uuid7

from mes_app.crypto.keys import SlotKind, new_key_file, read_keys, remove_slots, write_keys
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind, check_strength
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Unreadable
from mes_app.services.attempts import Tries
from mes_app.services.backups import Report, unpack_backup
from mes_app.services.session import Opened, OpenSession, Session
from mes_app.services.surroundings import Surroundings
from mes_app.services.temporaries import open_temporary
from mes_app.services.tending import tend
from mes_app.services.unsent import read_tally
from mes_app.services.vault_files import VaultFiles, check_files, drafted, hold_vault, read_salt
from mes_app.services.vault_keys import VaultKeys
from mes_app.services.vault_states import LASTING, VaultState, judge_fault
from mes_app.services.vault_stores import Unwrap, open_store, take_over
from mes_app.services.ways import Ways
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database

__all__ = ["SecretKind", "Vault", "VaultState", "check_strength"]


class Vault:
    """The vault in ``folder``, for one person at one screen. ``disposable``: it may be wiped while locked."""

    def __init__(
        self,
        folder: Path,
        vault_keys: VaultKeys,
        around: Surroundings,
        open_session: OpenSession,
        *,
        disposable: bool = False,
    ) -> None:
        self._root = folder
        self._files = VaultFiles(folder / "vault")
        self._drafts = VaultFiles(folder / "vault.new")
        self._keys = vault_keys
        self._around = around
        self._open_session = open_session
        self._disposable = disposable
        self._busy = asyncio.Lock()
        self._session: Session | None = None
        self._closing = AsyncExitStack()
        self._fault: Reason | None = None
        self._listeners: list[Callable[[], None]] = []
        self._alarm: asyncio.Task[None] | None = None

    def state(self) -> VaultState:
        """What is there now. Reads keys.json and the first bytes of the database, no more."""
        if self._session is not None:
            return VaultState.OPEN
        if not self._files.folder.exists():
            return VaultState.ABSENT
        return judge_fault(self.fault())

    def fault(self) -> Reason | None:
        """Why the usual way does not open: what the files say, else what the last try met."""
        try:
            keys = check_files(self._files)
        except Unreadable as error:
            return error.reason
        return Reason.SECRET_DESTROYED if keys.kind is None else self._fault

    def secret_kind(self) -> SecretKind:
        """What opens this vault, or will open the one to be made."""
        return self._keys.kind

    def new_kind(self) -> SecretKind:
        """What a secret chosen on this device will be, whatever opened the vault before."""
        return self._keys.new_kind

    def has_recovery(self) -> bool:
        """Whether a recovery code opens this vault, as its files say."""
        return self._keys.has(SlotKind.RECOVERY)

    def has_biometrics(self) -> bool:
        """Whether finger or face opens this vault on this device."""
        return self._keys.can_use_biometrics and self._keys.has(SlotKind.BIOMETRIC)

    def count_lost(self) -> int | None:
        """How many unsent changes would go with this vault; None where nobody knows."""
        return read_tally(self._files.tally)

    async def look_at_tries(self) -> Tries:
        """The wrong tries so far, and how long the next one waits. Raises Unreadable."""
        return await self._keys.look_at_tries(read_keys(self._files.keys))

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` each time the vault was locked, by whatever; returns how to stop that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def create(self, secret: str, *, replace: bool = False) -> Session:
        """Make the vault, locked from now on by ``secret``, and open it.

        ``replace``: in place of one that its usual way does not open, gone once the new one is there.
        Raises Rejected("secret", TOO_SHORT | TOO_SIMPLE | NOT_ACCEPTED), NotAllowed(VAULT_EXISTS),
        Unreadable(NO_KEY_STORE | DISK_FULL), Locked(OPEN_ELSEWHERE).
        """
        check_strength(self._keys.new_kind, secret)
        async with self._enter() as undo, self._replace(allowed=replace) as drafts:
            with make_secret() as data_key:
                database = await Database.open(drafts.database, data_key, create=True)
                await database.close()
                return await self._publish(drafts, data_key, secret, undo)

    async def restore(
        self, backup: Path, passphrase: str, secret: str, report: Report, *, replace: bool = False
    ) -> Session:
        """Make the vault that ``backup`` holds, under keys of its own, locked by ``secret``, and open it.

        ``report`` hears bytes done and in all. Raises as ``create``, and for the backup, which stays as it is,
        Locked(WRONG_PASSPHRASE) or Unreadable: NOT_A_BACKUP | NEWER_VERSION | TRUNCATED | DAMAGED.
        """
        check_strength(self._keys.new_kind, secret)
        async with self._enter() as undo, self._replace(allowed=replace) as drafts:
            with await unpack_backup(backup, passphrase, drafts, report) as sent, make_secret() as data_key:
                await take_over(drafts, sent, data_key)
                session = await self._publish(drafts, data_key, secret, undo)
            if self._files.settings.exists():
                self._files.settings.replace(self._root / self._files.settings.name)
            return session

    async def unlock(self, secret: str) -> Session:
        """Open the vault by PIN or passphrase.

        Raises Locked: WRONG_SECRET (``wait`` before the next), TRIES_SPACED, SECRET_DESTROYED, OPEN_ELSEWHERE;
        Unreadable: NOT_A_VAULT | DAMAGED | NEWER_VERSION for the files, NO_KEY_STORE when the key store does not
        answer, KEY_STORE_LOST when it no longer holds what belongs to them.
        """
        async with self._enter() as undo:
            return await self._open(lambda keys: self._keys.open_typed(keys, secret), undo)

    async def unlock_by_biometrics(self) -> Session:
        """Open the vault by the key that finger or face releases.

        Raises NotAllowed(NO_BIOMETRICS), and for the files as ``unlock``.
        """
        async with self._enter() as undo:
            return await self._open(self._keys.open_biometric, undo)

    async def recover(self, code: str, secret: str) -> Session:
        """Open the vault by its recovery code, locked by a new ``secret`` from now on; the code stays good.

        Raises Rejected("recovery", …), Rejected("secret", …), Locked(WRONG_RECOVERY | TRIES_SPACED),
        NotAllowed(NO_RECOVERY), and for the files as ``unlock``.
        """
        check_strength(self._keys.new_kind, secret)
        async with self._enter() as undo:
            return await self._open(lambda keys: self._keys.open_recovery(keys, code), undo, secret)

    async def create_temporary(self) -> Session:
        """An empty vault for the demonstration: its key is never written, its folder goes when it is locked."""
        async with self._busy, AsyncExitStack() as undo:
            self._refuse_if_open()
            files = VaultFiles(undo.enter_context(open_temporary(self._root)))
            with make_secret() as data_key:
                database = await Database.open(files.database, data_key, create=True)
            undo.push_async_callback(database.close)
            session = replace(await self._start(database, files, undo), temporary=True)
            self._around.freshness.waive()
            return session

    async def lock(self) -> None:
        """Stop what runs, close the store, let go of files and memory, and tell. Nothing where nothing is open."""
        async with self._busy:
            await self._close()

    async def wipe(self) -> None:
        """Destroy the keys, the files and what the key store holds, in this order.

        Raises, before anything is lost, Locked: CONFIRM_SECRET unless the owner was just proved, VAULT_LOCKED while
        its secret would open it, OPEN_ELSEWHERE; Unreadable(NO_KEY_STORE) when only what the key store holds is left:
        alone it opens nothing.
        """
        async with self._busy, AsyncExitStack() as undo:
            self._require_right_to_wipe()
            await self._close()
            undo.callback(await hold_vault(self._root))
            db_id = self._keys.db_id
            self._files.erase()
            self._drafts.erase()
            self._fault = None
            await self._keys.forget(db_id)

    def _require_right_to_wipe(self) -> None:
        state = self.state()
        if state is VaultState.OPEN:
            self._around.freshness.require()
        elif state is VaultState.LOCKED and not self._disposable:
            raise Locked(Reason.VAULT_LOCKED)

    def _refuse_if_open(self) -> None:
        if self._session is not None:
            raise NotAllowed(Reason.VAULT_EXISTS)

    @asynccontextmanager
    async def _enter(self) -> AsyncIterator[AsyncExitStack]:
        """Alone with the vault, whoever else in this process had it; undone at the end unless ``_start`` took over."""
        async with self._around.turns.take(self.lock), self._busy, AsyncExitStack() as undo:
            self._refuse_if_open()
            undo.callback(await hold_vault(self._root))
            yield undo

    @asynccontextmanager
    async def _replace(self, *, allowed: bool) -> AsyncIterator[VaultFiles]:
        """A folder for the new vault; what the key store holds of the former one is removed if all goes well."""
        state = self.state()
        if state is VaultState.LOCKED or (state is not VaultState.ABSENT and not allowed):
            raise NotAllowed(Reason.VAULT_EXISTS)
        former = self._keys.db_id
        with drafted(self._drafts) as drafts:
            yield drafts
        with suppress(Unreadable):
            await self._keys.forget(former)

    async def _publish(self, drafts: VaultFiles, data_key: Secret, secret: str, undo: AsyncExitStack) -> Session:
        bare = new_key_file(str(uuid7()), read_salt(drafts.database))
        write_keys(drafts.keys, await self._keys.lock_with(bare, data_key, secret))
        drafts.publish(self._files)
        self._fault = None
        database = await Database.open(self._files.database, data_key)
        undo.push_async_callback(database.close)
        return await self._start(database, self._files, undo)

    async def _open(self, unwrap: Unwrap, undo: AsyncExitStack, new_secret: str = "") -> Session:
        if not self._files.folder.exists():
            raise Unreadable(Reason.NOT_A_VAULT)
        try:
            database, data_key = await open_store(self._files, unwrap)
            self._fault = None
            undo.push_async_callback(database.close)
            with data_key:
                if new_secret:
                    keys = remove_slots(read_keys(self._files.keys), SlotKind.BIOMETRIC)
                    write_keys(self._files.keys, await self._keys.lock_with(keys, data_key, new_secret))
            undo.push_async_callback(asyncio.wait, [asyncio.create_task(self._forgive())])  # nobody waits for it before
            return await self._start(database, self._files, undo)
        except Unreadable as error:
            self._fault = error.reason if error.reason in LASTING else None
            raise

    async def _forgive(self) -> None:
        with suppress(Unreadable):  # then the next wrong try counts for two, no more
            await self._keys.forgive(read_keys(self._files.keys))

    async def _start(self, database: Database, files: VaultFiles, undo: AsyncExitStack) -> Session:
        blobs = Blobs(files.contents, database)
        await blobs.sweep()
        ways = Ways(files, self._keys, self._around.freshness, database, blobs, lock=self.lock)
        self._session = await self._open_session(Opened(database, blobs, files, ways))
        undo.push_async_callback(_end, asyncio.create_task(self._tend(database, blobs)))
        self._closing = undo.pop_all()
        self._around.freshness.note()
        return self._session

    async def _tend(self, database: Database, blobs: Blobs) -> None:
        try:
            await tend(database, blobs, self._around.clock)
        except MesError as error:
            if error.reason is Reason.DAMAGED:
                self._fault = error.reason
                self._alarm = asyncio.create_task(self.lock())

    async def _close(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        async with self._closing.pop_all():
            for listener in tuple(self._listeners):  # first, so that the screens are gone when memory is released
                listener()
            await session.stop()
        session.forget()
        self._around.freshness.forget()
        self._around.release_memory()


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])
