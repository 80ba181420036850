"""The ways into a vault: what opens its data key, where the key store comes in, and how wrong tries are braked.

Knows nothing of the database. A data key that leaves here belongs to the caller, who wipes it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress

from mes_app.crypto import keys as key_files
from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import KeyFile, SlotKind, write_keys
from mes_app.crypto.keystore import KeyStore
from mes_app.crypto.primitives import make_secret
from mes_app.crypto.recovery_codes import read_recovery_code
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import SecretKind
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Unreadable
from mes_app.services.attempts import LIMIT, Attempts, FileShelf, Tries, find_delay
from mes_app.services.clocks import Clock
from mes_app.services.vault_files import VaultFiles


class VaultKeys:
    """The ways into the vault of ``files``. ``key_store``, ``biometrics``: None where the device has none.

    ``biometrics`` is a key store whose ``get`` has the person show finger or face first. ``measure_cost`` says what
    one guess shall cost on this device.
    """

    def __init__(
        self,
        files: VaultFiles,
        key_store: KeyStore | None,
        biometrics: KeyStore | None,
        clock: Clock,
        measure_cost: Callable[[], Cost],
    ) -> None:
        self._files = files
        self._key_store = key_store
        self._biometrics = biometrics
        self._clock = clock
        self._measure_cost = measure_cost

    @property
    def new_kind(self) -> SecretKind:
        """What a new vault is locked by on this device."""
        return SecretKind.PASSPHRASE if self._key_store is None else SecretKind.PIN

    @property
    def kind(self) -> SecretKind:
        """What opens the vault there is, or will lock a new one."""
        keys = self._peek()
        return keys.kind if keys and keys.kind else self.new_kind

    @property
    def db_id(self) -> str:
        """Under what name the key store knows the vault there is; empty without one."""
        keys = self._peek()
        return keys.db_id if keys else ""

    def has(self, way: SlotKind) -> bool:
        """Whether the vault there is has this way in."""
        keys = self._peek()
        return keys is not None and keys.has(way)

    @property
    def can_use_biometrics(self) -> bool:
        """Whether this device can keep a key behind finger or face."""
        return self._biometrics is not None

    async def look_at_tries(self, keys: KeyFile) -> Tries:
        """The wrong tries at the PIN or passphrase, and how long the next one waits."""
        return await self._attempts(keys, SlotKind(keys.kind)).look() if keys.kind else Tries(0, 0)

    async def forgive(self, keys: KeyFile) -> None:
        """The PIN or passphrase was right."""
        if keys.kind:
            await self._attempts(keys, SlotKind(keys.kind)).clear()

    def _attempts(self, keys: KeyFile, kind: SlotKind) -> Attempts:
        """The tries at one way in: a PIN's in the key store, where whoever copies the files back cannot reset them."""
        name = key_files.name_attempts(keys.db_id, kind)
        shelf = self._key_store if kind is SlotKind.PIN and self._key_store else FileShelf(self._files.folder)
        return Attempts(shelf, name, self._clock)

    async def lock_with(self, keys: KeyFile, data_key: Secret, secret: str) -> KeyFile:
        """``keys`` with ``secret`` as the way in, in place of what was typed before, under a new device secret.

        Raises Unreadable(NO_KEY_STORE) when the key store does not keep it.
        """
        device_secret = await self._make_device_secret(keys.db_id)
        with device_secret or nullcontext():
            return await self._add_typed(keys, data_key, secret, device_secret)

    async def relock(self, keys: KeyFile, data_key: Secret, secret: str) -> KeyFile:
        """The same under the device secret there is: what it was before still opens until ``keys`` are written."""
        async with self._device_secret(keys) as device_secret:
            return await self._add_typed(keys, data_key, secret, device_secret)

    async def open_typed(self, keys: KeyFile, secret: str) -> Secret:
        """The data key. Takes one Argon2id, while which the try is put on the disk; ``forgive`` is the caller's.

        Raises Locked(WRONG_SECRET | TRIES_SPACED | SECRET_DESTROYED), Unreadable(NO_KEY_STORE | KEY_STORE_LOST).
        """
        if keys.kind is None:
            raise Locked(Reason.SECRET_DESTROYED)
        kind = SlotKind(keys.kind)
        async with self._device_secret(keys) as device_secret:
            attempts = self._attempts(keys, kind)
            tries = await attempts.look()
            if kind is SlotKind.PIN and tries.wrong >= LIMIT:
                raise await self._destroy_pin(keys)
            if tries.wait:
                raise Locked(Reason.TRIES_SPACED, wait=tries.wait)
            with await self._derive_counted(attempts, tries.wrong + 1, keys, secret, device_secret) as wrapping:
                try:
                    return key_files.open_slot(keys, kind, wrapping)
                except Locked:
                    raise await self._refuse(keys, kind, tries.wrong + 1) from None

    async def open_recovery(self, keys: KeyFile, code: str) -> Secret:
        """The data key, without any key store.

        Raises Rejected("recovery", …) for a mistyped code, Locked(WRONG_RECOVERY | TRIES_SPACED),
        NotAllowed(NO_RECOVERY).
        """
        if not keys.has(SlotKind.RECOVERY):
            raise NotAllowed(Reason.NO_RECOVERY)
        attempts = self._attempts(keys, SlotKind.RECOVERY)
        with read_recovery_code(code) as key:
            tries = await attempts.look()
            if tries.wait:
                raise Locked(Reason.TRIES_SPACED, wait=tries.wait)
            await attempts.count(tries.wrong + 1)
            with key_files.derive_from_key(keys, SlotKind.RECOVERY, key) as wrapping:
                try:
                    data_key = key_files.open_slot(keys, SlotKind.RECOVERY, wrapping)
                except Locked:
                    raise Locked(Reason.WRONG_RECOVERY, wait=find_delay(tries.wrong + 1)) from None
        await attempts.clear()
        return data_key

    async def open_biometric(self, keys: KeyFile) -> Secret:
        """The data key, by the key that finger or face releases.

        Raises NotAllowed(NO_BIOMETRICS) where there is none, or the person showed neither; Locked(WRONG_SECRET).
        """
        if self._biometrics is None or not keys.has(SlotKind.BIOMETRIC):
            raise NotAllowed(Reason.NO_BIOMETRICS)
        try:
            value = await self._biometrics.get(key_files.name_biometric_secret(keys.db_id))
        except Unreadable:
            raise NotAllowed(Reason.NO_BIOMETRICS) from None
        if not value:
            raise NotAllowed(Reason.NO_BIOMETRICS)
        with (
            Secret(bytearray(value)) as key,
            key_files.derive_from_key(keys, SlotKind.BIOMETRIC, key) as wrapping,
        ):
            return key_files.open_slot(keys, SlotKind.BIOMETRIC, wrapping)

    async def add_biometric(self, keys: KeyFile, data_key: Secret) -> KeyFile:
        """``keys`` that finger or face opens too. Raises NotAllowed(NO_BIOMETRICS), Unreadable(NO_KEY_STORE)."""
        if self._biometrics is None:
            raise NotAllowed(Reason.NO_BIOMETRICS)
        name = key_files.name_biometric_secret(keys.db_id)
        await self._biometrics.delete(name)  # some stores change a value only after asking for the finger of before
        with make_secret() as key:
            await self._biometrics.put(name, bytes(key.view()))
            return key_files.add_key_slot(keys, SlotKind.BIOMETRIC, data_key, key)

    async def remove_biometric(self, keys: KeyFile) -> KeyFile:
        """``keys`` without that way in."""
        if self._biometrics is not None:
            await self._biometrics.delete(key_files.name_biometric_secret(keys.db_id))
        return key_files.remove_slots(keys, SlotKind.BIOMETRIC)

    async def forget(self, db_id: str) -> None:
        """Remove all that the key stores hold of a vault. Raises Unreadable(NO_KEY_STORE) when one does not answer."""
        names = (
            key_files.name_device_secret(db_id),
            key_files.name_emergency_key(db_id),
            key_files.name_attempts(db_id, SlotKind.PIN),
        )
        if self._biometrics is not None:
            await self._biometrics.delete(key_files.name_biometric_secret(db_id))
        if self._key_store is not None:
            for name in names:
                await self._key_store.delete(name)

    def _peek(self) -> KeyFile | None:
        try:
            return key_files.read_keys(self._files.keys)
        except Unreadable:
            return None

    async def _add_typed(self, keys: KeyFile, data_key: Secret, secret: str, device_secret: Secret | None) -> KeyFile:
        try:
            cost = await asyncio.to_thread(self._measure_cost)
            return await asyncio.to_thread(key_files.add_typed_slot, keys, data_key, secret, device_secret, cost)
        except MemoryError:
            raise Unreadable(Reason.NO_MEMORY) from None

    async def _derive_counted(
        self, attempts: Attempts, number: int, keys: KeyFile, secret: str, device_secret: Secret | None
    ) -> Secret:
        """The wrapping key of ``secret``, made while the try is put on the disk: it is used only once that is done."""
        derive = asyncio.ensure_future(asyncio.to_thread(key_files.derive_typed, keys, secret, device_secret))
        try:
            await attempts.count(number)
            return await asyncio.shield(derive)
        except MemoryError:
            raise Unreadable(Reason.NO_MEMORY) from None
        except (MesError, asyncio.CancelledError):
            derive.add_done_callback(_wipe)
            raise

    async def _make_device_secret(self, db_id: str) -> Secret | None:
        if self._key_store is None:
            return None
        device_secret, name = make_secret(), key_files.name_device_secret(db_id)
        value = bytes(device_secret.view())
        await self._key_store.put(name, value)
        if await self._key_store.get(name) != value:  # some key stores forget at once, without a word
            raise Unreadable(Reason.NO_KEY_STORE)
        return device_secret

    @asynccontextmanager
    async def _device_secret(self, keys: KeyFile) -> AsyncIterator[Secret | None]:
        """The device secret that belongs to ``keys``; None where the way in has none."""
        if keys.kind is SecretKind.PASSPHRASE:
            yield None
            return
        if self._key_store is None:
            raise Unreadable(Reason.NO_KEY_STORE)
        value = await self._key_store.get(key_files.name_device_secret(keys.db_id))
        if not value:
            raise Unreadable(Reason.KEY_STORE_LOST)
        with Secret(bytearray(value)) as device_secret:
            key_files.check_device(keys, device_secret)
            yield device_secret

    async def _refuse(self, keys: KeyFile, kind: SlotKind, count: int) -> Locked:
        if kind is SlotKind.PIN and count >= LIMIT:
            return await self._destroy_pin(keys)
        return Locked(Reason.WRONG_SECRET, wait=find_delay(count))

    async def _destroy_pin(self, keys: KeyFile) -> Locked:
        """From now on no PIN opens: neither this file nor a copy of it kept from before."""
        whole = key_files.read_keys(self._files.keys)  # with the wraps of a change of key, which ``keys`` may lack
        write_keys(self._files.keys, key_files.remove_slots(whole, SlotKind.PIN))
        if self._key_store is not None:
            with suppress(Unreadable):
                await self._key_store.delete(key_files.name_device_secret(keys.db_id))
        return Locked(Reason.SECRET_DESTROYED)


def _wipe(derived: "asyncio.Future[Secret]") -> None:
    if not derived.exception():
        derived.result().wipe()
