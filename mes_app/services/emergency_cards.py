"""Emergency cards: what the holder lets anyone read on the locked device, person by person and field by field.

They are a copy outside the vault, so the copy changes in the very transaction that changes what it shows, and goes
when it cannot be kept true. Nothing is shown that was not chosen on this device: a vault restored elsewhere starts off.
"""

import asyncio
from contextlib import suppress

from mes_app.crypto.keys import read_keys
from mes_app.crypto.keystore import KeyStore
from mes_app.domain.record import Kind
from mes_app.errors import MesError, Reason, Unreadable
from mes_app.services.emergency_contents import SHOWABLE, EmergencyCard, decode_cards, gather_card
from mes_app.services.emergency_envelopes import Envelope
from mes_app.services.emergency_keeping import Keeper
from mes_app.services.vault_files import VaultFiles
from mes_app.store.database import Database

__all__ = ["SHOWABLE", "EmergencyCard", "EmergencyCards", "EmergencyChoices"]


class EmergencyCards:
    """The cards on the lock screen: readable without the PIN, by choice of the holder."""

    def __init__(self, files: VaultFiles, key_store: KeyStore | None) -> None:
        self._files = files
        self._key_store = key_store

    @property
    def available(self) -> bool:
        """Whether this device can keep cards: it has a key store."""
        return self._key_store is not None

    def is_on(self) -> bool:
        """Whether there is a card to show. Reads no content."""
        return self.available and self._files.emergency.exists()

    async def read(self) -> list[EmergencyCard]:
        """The cards, the holder's first; none while it is off.

        Raises Unreadable: DAMAGED | NEWER_VERSION for the files, NO_KEY_STORE | KEY_STORE_LOST for their key.
        """
        envelope = self.find_envelope()
        if envelope is None or not self.is_on():
            return []
        key = await envelope.fetch_key()
        if key is None:
            raise Unreadable(Reason.KEY_STORE_LOST)
        with key:
            return decode_cards(envelope.read(key))

    def find_envelope(self) -> Envelope | None:
        """Where the cards are, or would be; None for a vault that keeps no key on the disk: a demonstration."""
        if not self._files.keys.exists():
            return None
        return Envelope(self._files.emergency, read_keys(self._files.keys).db_id, self._key_store)


class EmergencyChoices:
    """In an open vault: what each person's card shows, and keeping the cards true. Made by ``open``."""

    def __init__(self, database: Database, keeper: Keeper | None) -> None:
        self._database = database
        self._keeper = keeper
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, database: Database, cards: EmergencyCards) -> "EmergencyChoices":
        """Bring the cards up to the records, whatever stopped them last time, and follow every change from now on.

        Cards that cannot be kept true are removed and the vault opens without them.
        """
        envelope = cards.find_envelope()
        if envelope is None:
            return cls(database, None)
        keeper = Keeper(envelope)
        await _catch_up(database, keeper)
        database.before_commit(keeper.follow)
        return cls(database, keeper)

    @property
    def available(self) -> bool:
        """Whether this vault can have cards on this device; not so without a key store, and in a demonstration."""
        return self._keeper is not None and self._keeper.available

    async def read(self, pid: str) -> frozenset[Kind]:
        """What the card of a profile shows; empty: it has none."""
        shown = await self._database.read(self._keeper.read_shown) if self._keeper else {}
        return frozenset(shown.get(pid, ()))

    async def preview(self, pid: str, kinds: frozenset[Kind]) -> EmergencyCard:
        """The card as it would be with ``kinds``, whatever is chosen. Raises Rejected(UNKNOWN_RECORD)."""
        return await self._database.read(gather_card, pid, kinds)

    async def choose(self, pid: str, kinds: frozenset[Kind]) -> None:
        """Show exactly these of a profile; on the disk when it returns. With the last of them the key goes too.

        Raises Unreadable(NO_KEY_STORE) where there is no key to be had, DISK_FULL; the cards are then as before.
        """
        if self._keeper is None:
            raise Unreadable(Reason.NO_KEY_STORE)
        async with self._turn:
            if kinds:
                await self._keeper.take_key()
            try:
                await self._database.write(self._keeper.put_choice, pid, kinds)
            except MesError:  # the envelope may already say what was not committed
                await self._database.read(self._keeper.rewrite)
                raise
            if not await self._database.read(self._keeper.read_shown):
                with suppress(Unreadable):  # where no key store answers, the next opening sees to it
                    await self._keeper.drop_key()

    def close(self) -> None:
        """Wipe the key. To be called once the store is closed: nothing can change any more."""
        if self._keeper is not None:
            self._keeper.wipe_key()


async def _catch_up(database: Database, keeper: Keeper) -> None:
    """Put right what a kill, a lost key or lost records left."""
    try:
        if await database.read(keeper.read_shown):
            await keeper.take_key()
            await database.read(keeper.rewrite)
        elif await database.read(keeper.has_leftovers):
            keeper.remove()
            await keeper.drop_key()
            await database.write(keeper.forget_choices)
    except Unreadable:  # the records are not to stay closed for it, and an old card would mislead
        keeper.remove()
