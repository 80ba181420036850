"""The envelope of the emergency cards: one sealed file beside the database, and its own key in the device's key store.

That key needs no PIN: nothing goes inside but what the holder chose to show. It opens nothing else.
"""

from dataclasses import dataclass
from pathlib import Path

from mes_app.crypto.keys import name_emergency_key
from mes_app.crypto.keystore import KeyStore
from mes_app.crypto.primitives import KEY_SIZE, make_secret
from mes_app.crypto.sealed_values import read_value, remove_value, write_value
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

_PURPOSE = b"mes-carnets emergency cards "


@dataclass(frozen=True)
class Envelope:
    """The envelope at ``path`` of the vault ``db_id``. ``key_store``: None where the device has none."""

    path: Path
    db_id: str
    key_store: KeyStore | None

    def exists(self) -> bool:
        """Whether there is one."""
        return self.path.exists()

    def write(self, key: Secret, value: bytes) -> None:
        """Seal ``value`` in place of what was inside; on the disk when it returns. Raises Unreadable(DISK_FULL, …)."""
        write_value(self.path, key, value, self._context)

    def read(self, key: Secret) -> bytearray:
        """What is inside. Raises Unreadable(DAMAGED | NEWER_VERSION), also for another key."""
        return read_value(self.path, key, self._context)

    def remove(self) -> None:
        """Remove the file. Raises Unreadable(DAMAGED) when the disk refuses."""
        remove_value(self.path)

    async def fetch_key(self) -> Secret | None:
        """The key, None where there is none. Raises Unreadable(NO_KEY_STORE | KEY_STORE_LOST)."""
        value = await self._keys.get(name_emergency_key(self.db_id))
        return Secret(bytearray(value)) if value and len(value) == KEY_SIZE else None

    async def make_key(self) -> Secret:
        """A new key, kept by the key store. Raises Unreadable(NO_KEY_STORE) when it is not."""
        key, name = make_secret(), name_emergency_key(self.db_id)
        value = bytes(key.view())
        await self._keys.put(name, value)
        if await self._keys.get(name) != value:  # some key stores forget at once, without a word
            raise Unreadable(Reason.NO_KEY_STORE)
        return key

    async def drop_key(self) -> None:
        """Destroy the key: whatever was sealed under it is unreadable for good. Raises Unreadable(NO_KEY_STORE)."""
        await self._keys.delete(name_emergency_key(self.db_id))

    @property
    def _keys(self) -> KeyStore:
        if self.key_store is None:
            raise Unreadable(Reason.NO_KEY_STORE)
        return self.key_store

    @property
    def _context(self) -> bytes:
        return _PURPOSE + self.db_id.encode()
