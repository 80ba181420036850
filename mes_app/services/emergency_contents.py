"""What an emergency card says: gathered from the records, and written as JSON for the envelope.

Of each record only the fields named here leave the vault: no comment, no reason of a treatment, no postal address.
"""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections import SECTIONS
from mes_app.errors import Reason, Rejected, Unreadable
from mes_app.services.health import EmergencySection, list_emergency
from mes_app.store import profiles
from mes_app.store.database import Connection

_ORIGIN = ("source", "author", "recorded")
_FIELDS = {
    Kind.ALLERGIES: ("substance", "criticality", "severity", "reactions", "since", "status", *_ORIGIN),
    Kind.BLOOD_GROUP: ("group", "date", *_ORIGIN),
    Kind.TREATMENTS: ("medicine", "dosage", "since", "until", "status", *_ORIGIN),
    Kind.CONTACTS: ("name", "roles", "phones", *_ORIGIN),
    Kind.PROFESSIONALS: ("name", "speciality", "phones", "regular", *_ORIGIN),
}
_IDENTITY = {"name", "birth", "colour"}

SHOWABLE = tuple(_FIELDS)
"""What the holder may choose to show, in the order of a card."""

Shown = Mapping[str, AbstractSet[Kind]]
"""What the card of each profile shows, by pid."""


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """What anyone may read of one person while the vault is locked. ``profile`` says name, birth and colour only."""

    profile: Profile
    sections: tuple[EmergencySection, ...]


def gather_cards(con: Connection, shown: Shown) -> list[EmergencyCard]:
    """The cards of the active profiles that have one, the holder's first."""
    return [
        _make_card(con, profile, shown[profile.pid])
        for profile in profiles.list_profiles(con)
        if shown.get(profile.pid)
    ]


def gather_card(con: Connection, pid: str, kinds: AbstractSet[Kind]) -> EmergencyCard:
    """The card that a profile has, or would have, with ``kinds``. Raises Rejected(UNKNOWN_RECORD)."""
    found = next((profile for profile in profiles.list_profiles(con) if profile.pid == pid), None)
    if found is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    return _make_card(con, found, kinds)


def encode_cards(cards: Sequence[EmergencyCard]) -> bytes:
    """The cards as JSON."""
    return json.dumps([_encode_card(card) for card in cards]).encode()


def decode_cards(text: bytes | bytearray) -> list[EmergencyCard]:
    """What ``encode_cards`` wrote. Raises Unreadable(DAMAGED) for what another version wrote differently."""
    try:
        return [_decode_card(found) for found in json.loads(text)]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Unreadable(Reason.DAMAGED) from None


def _make_card(con: Connection, profile: Profile, kinds: AbstractSet[Kind]) -> EmergencyCard:
    sections = list_emergency(con, profile.pid, [kind for kind in SHOWABLE if kind in kinds])
    return EmergencyCard(
        profile=Profile(pid="", **{name: getattr(profile, name) for name in _IDENTITY}),
        sections=tuple(_strip_section(section) for section in sections),
    )


def _strip_section(section: EmergencySection) -> EmergencySection:
    entries = tuple(_strip_entry(entry, section.kind) for entry in section.entries)
    return EmergencySection(section.kind, entries, section.nothing_declared)


def _strip_entry(entry: Entry, kind: Kind) -> Entry:
    return SECTIONS[kind](**{name: getattr(entry, name) for name in _FIELDS[kind]})


def _encode_card(card: EmergencyCard) -> dict[str, Any]:
    sections = [
        {
            "kind": section.kind,
            "entries": [entry.model_dump(mode="json", exclude_defaults=True) for entry in section.entries],
            "nothing_declared": section.nothing_declared,
        }
        for section in card.sections
    ]
    return {"profile": card.profile.model_dump(mode="json", include=_IDENTITY), "sections": sections}


def _decode_card(found: dict[str, Any]) -> EmergencyCard:
    return EmergencyCard(
        profile=Profile(pid="", **found["profile"]),
        sections=tuple(_decode_section(section) for section in found["sections"]),
    )


def _decode_section(found: dict[str, Any]) -> EmergencySection:
    kind = Kind(found["kind"])
    entries = tuple(SECTIONS[kind].model_validate(entry) for entry in found["entries"])
    return EmergencySection(kind, entries, found["nothing_declared"])
