"""Keep the emergency envelope true to the store: what was chosen, and the envelope rewritten inside each transaction.

All that takes a connection runs on the thread of the store. The envelope is on the disk before the commit; what a kill
leaves ahead of the store is put right by ``rewrite`` when the vault opens.
"""

from collections.abc import Collection
from collections.abc import Set as AbstractSet

from mes_app.crypto.secret import Secret
from mes_app.domain.record import Change, Kind
from mes_app.services.emergency_contents import SHOWABLE, Shown, encode_cards, gather_cards
from mes_app.services.emergency_envelopes import Envelope
from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference
from mes_app.store.profiles import list_profiles

_CHOICES = "emergency_cards"


class Keeper:
    """The envelope of an open vault, with its key while something is shown."""

    def __init__(self, envelope: Envelope) -> None:
        self._envelope = envelope
        self._key: Secret | None = None

    @property
    def available(self) -> bool:
        """Whether there is a key store to keep a key in."""
        return self._envelope.key_store is not None

    async def take_key(self) -> None:
        """Hold the key, made at the first time. Raises Unreadable(NO_KEY_STORE | KEY_STORE_LOST)."""
        if self._key is None:
            self._key = await self._envelope.fetch_key() or await self._envelope.make_key()

    async def drop_key(self) -> None:
        """Destroy the key of what is no longer shown. Raises Unreadable(NO_KEY_STORE)."""
        self.wipe_key()
        await self._envelope.drop_key()

    def wipe_key(self) -> None:
        """Hold no key any more."""
        key, self._key = self._key, None
        if key is not None:
            key.wipe()

    def remove(self) -> None:
        """Show nothing. Raises Unreadable(DAMAGED) when the disk refuses."""
        self._envelope.remove()

    def read_shown(self, con: Connection) -> Shown:
        """What was chosen on this device, of the people whose records are still here."""
        kept = get_preference(con, _CHOICES, {})
        if kept.get("vault") != self._envelope.db_id:
            return {}
        here = {profile.pid for profile in list_profiles(con, hidden=True)}
        return {pid: _choose_showable(kinds) for pid, kinds in kept["shown"].items() if pid in here}

    def put_choice(self, con: Connection, pid: str, kinds: AbstractSet[Kind]) -> None:
        """Show exactly ``kinds`` of a profile, as far as they may be shown."""
        shown = {**self.read_shown(con), pid: _choose_showable(kinds)}
        kept = {each: sorted(chosen) for each, chosen in shown.items() if chosen}
        put_preference(con, _CHOICES, {"vault": self._envelope.db_id, "shown": kept})
        self.rewrite(con)

    def has_leftovers(self, con: Connection) -> bool:
        """Whether something was shown once: where nothing is now, an envelope or a key may be left."""
        return self._envelope.exists() or get_preference(con, _CHOICES) is not None

    def forget_choices(self, con: Connection) -> None:
        """As if nothing had ever been chosen."""
        put_preference(con, _CHOICES, None)

    def follow(self, con: Connection, changes: frozenset[Change]) -> None:
        """Within a transaction, before its commit: rewrite when what is shown has changed."""
        shown = self.read_shown(con)
        if any(change.kind is Kind.PEOPLE or _is_shown(change, shown) for change in changes):
            self.rewrite(con)

    def rewrite(self, con: Connection) -> None:
        """Make the envelope say what the records say; without a card, or a key to seal it, there is none."""
        cards = gather_cards(con, self.read_shown(con))
        if cards and self._key:
            self._envelope.write(self._key, encode_cards(cards))
        else:
            self._envelope.remove()


def _choose_showable(kinds: Collection[str]) -> frozenset[Kind]:
    return frozenset(kind for kind in SHOWABLE if kind in kinds)


def _is_shown(change: Change, shown: Shown) -> bool:
    kinds = shown.get(change.profile, frozenset())
    return change.kind in kinds or (bool(kinds) and change.kind is Kind.NOTHING_DECLARED)
