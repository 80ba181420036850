"""Changing what opens the vault, while it is open: PIN, recovery code, biometrics, and the data key itself.

Every change but that of the data key only wraps the same key again, in one step of keys.json.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from mes_app.crypto.keys import KeyFile, SlotKind, add_key_slot, plan_change, read_keys, remove_slots, write_keys
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.recovery_codes import make_recovery_code, read_recovery_code
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import check_strength
from mes_app.errors import Locked, MesError, Reason
from mes_app.services.freshness import Freshness
from mes_app.services.vault_files import VaultFiles
from mes_app.services.vault_keys import VaultKeys
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database
from mes_app.store.eras import begin_era
from mes_app.store.preferences import get_preference

Report = Callable[[int, int], None]


@dataclass(frozen=True)
class RecoveryDraft:
    """A recovery code to be shown and noted down. It opens nothing before ``keep_recovery``."""

    code: str = field(repr=False)
    keys: KeyFile = field(repr=False)


class Ways:
    """The ways into the open vault of ``files``. Each change proves the owner by the secret in use.

    So every method that takes ``secret`` raises Locked(WRONG_SECRET | TRIES_SPACED | SECRET_DESTROYED) and
    Unreadable(NO_KEY_STORE | KEY_STORE_LOST), and is a try like unlocking.
    """

    def __init__(
        self,
        files: VaultFiles,
        vault_keys: VaultKeys,
        freshness: Freshness,
        database: Database,
        blobs: Blobs,
        *,
        lock: Callable[[], Coroutine[Any, Any, None]],
    ) -> None:
        self._files = files
        self._vault_keys = vault_keys
        self._freshness = freshness
        self._database = database
        self._blobs = blobs
        self._lock = lock
        self._locking: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def can_use_biometrics(self) -> bool:
        """Whether this device can open by finger or face."""
        return self._vault_keys.can_use_biometrics

    async def confirm(self, secret: str) -> None:
        """Prove to be the owner: grave acts are then allowed for 2 minutes."""
        async with self._one_at_a_time:
            _, data_key = await self._prove(secret)
            data_key.wipe()

    async def change_secret(self, secret: str, new: str) -> None:
        """From now on ``new`` opens. Raises Rejected("secret", TOO_SHORT | TOO_SIMPLE | NOT_ACCEPTED) as well."""
        async with self._one_at_a_time:
            keys, data_key = await self._prove(secret)
            with data_key:
                check_strength(keys.kind or self._vault_keys.new_kind, new)
                self._write(await self._vault_keys.relock(keys, data_key, new))

    async def prepare_recovery(self, secret: str) -> RecoveryDraft:
        """A new recovery code. The former one opens until ``keep_recovery``."""
        async with self._one_at_a_time:
            keys, data_key = await self._prove(secret)
            code = make_recovery_code()
            with data_key, read_recovery_code(code) as key:
                return RecoveryDraft(code, add_key_slot(keys, SlotKind.RECOVERY, data_key, key))

    async def keep_recovery(self, draft: RecoveryDraft) -> None:
        """From now on the code of ``draft`` opens, and no other one.

        Raises Locked(CONFIRM_SECRET) when another way changed since ``prepare_recovery``.
        """
        async with self._one_at_a_time:
            keys = self._read()
            if remove_slots(draft.keys, SlotKind.RECOVERY) != remove_slots(keys, SlotKind.RECOVERY):
                raise Locked(Reason.CONFIRM_SECRET)
            self._write(draft.keys)

    async def enable_biometrics(self, secret: str) -> None:
        """From now on finger or face opens too. Raises NotAllowed(NO_BIOMETRICS) as well."""
        async with self._one_at_a_time:
            keys, data_key = await self._prove(secret)
            with data_key:
                self._write(await self._vault_keys.add_biometric(keys, data_key))

    async def disable_biometrics(self) -> None:
        """From now on neither finger nor face opens."""
        async with self._one_at_a_time:
            self._write(await self._vault_keys.remove_biometric(self._read()))

    async def change_key(self, secret: str, report: Report) -> None:
        """Encrypt everything under a new data key: the store in one step, then each content, which may go on later.

        Neither the recovery code nor biometrics open any more: they must be made anew. ``report`` hears contents done
        and in all. Raises Unreadable(DISK_FULL), nothing done. Should the store fail half way the vault locks: it opens
        again by the same secret, with the former key or the new one.
        """
        async with self._one_at_a_time:
            keys, present = await self._prove(secret)
            with present, make_secret() as data_key:
                bare = remove_slots(keys, SlotKind.RECOVERY, SlotKind.BIOMETRIC)
                planned = await self._vault_keys.relock(bare, data_key, secret)
                self._write(plan_change(keys, planned))
                await self._database.write(begin_era)
                await self._encrypt_store(data_key)
                self._write(planned)
        await self._blobs.renew(report)

    async def _encrypt_store(self, data_key: Secret) -> None:
        try:
            await self._database.change_key(data_key)
        except MesError:
            if not await self._answers():
                self._locking = asyncio.create_task(self._lock())
            raise

    async def _answers(self) -> bool:
        try:
            await self._database.read(get_preference, "")
        except Locked:
            return False
        return True

    async def _prove(self, secret: str) -> tuple[KeyFile, Secret]:
        keys = self._read()
        data_key = await self._vault_keys.open_typed(keys, secret)
        await self._vault_keys.forgive(keys)
        self._freshness.note()
        return keys, data_key

    def _read(self) -> KeyFile:
        return read_keys(self._files.keys)

    def _write(self, keys: KeyFile) -> None:
        write_keys(self._files.keys, keys)
