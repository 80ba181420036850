"""Whose records the vault holds: those of a server, and those that begin here, whom no server knows.

Who somebody is, is said here only of the latter; of the others the server has verified it.
"""

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import PALETTE, Person, Profile
from mes_app.domain.record import Kind
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.people import decode_name, decode_person, encode_newcomer
from mes_app.services.decoding import decode_stored
from mes_app.services.encoding import describe_body
from mes_app.services.freshness import Freshness
from mes_app.services.pens import Pen
from mes_app.store import profiles, records
from mes_app.store.database import Connection
from mes_app.store.edits import When, change_record, create_record
from mes_app.store.ids import make_id


class Profiles:
    """The people of the vault, the holder first."""

    def __init__(self, pen: Pen, freshness: Freshness) -> None:
        self._pen = pen
        self._freshness = freshness

    async def list(self) -> list[Profile]:
        """The active profiles in their order; empty before the first sync has named them, or somebody was added."""
        return await self._pen.database.read(profiles.list_profiles)

    async def person(self, pid: str) -> Person | None:
        """What is known of a person; None before their Patient resource has been read."""
        found = await self._pen.database.read(records.list_bodies, pid, Kind.PEOPLE, limit=1)
        return decode_person(found[0].body) if found else None

    async def details(self, pid: str) -> ContactDetails | None:
        """How a person is reached, under the id to change it by; None before their Patient resource has been read."""
        return await self._pen.database.read(read_details, pid)

    async def add(self, newcomer: Newcomer) -> Profile:
        """A record for somebody whom no server knows, empty, on this device only. The first of all is the holder's."""
        return await self._pen.write(_add, newcomer, self._pen.when())

    async def recall(self, pid: str) -> Newcomer:
        """Somebody who was added, as they were told. Raises as ``correct``."""
        return await self._pen.database.read(_recall, pid)

    async def correct(self, pid: str, newcomer: Newcomer) -> None:
        """Somebody who was added is called otherwise, or was born on another day.

        Raises Rejected("profile", UNKNOWN_RECORD), NotAllowed(NOT_YOURS) for a person whom a server knows.
        """
        await self._pen.write(_correct, pid, newcomer, self._pen.when())

    async def remove(self, pid: str) -> None:
        """Somebody who was added goes, with all that is of them: for good, for it is nowhere else.

        Raises Locked(CONFIRM_SECRET) unless the owner was just proved, and as ``correct``.
        """
        self._freshness.require()
        await self._pen.write(_remove, pid)


def read_details(con: Connection, pid: str) -> ContactDetails | None:
    """How a person is reached, under the id of the record that says so; None where it is not here."""
    found = records.list_bodies(con, pid, Kind.PEOPLE, limit=1)
    details = decode_stored(con, found[0]) if found else None
    return details if isinstance(details, ContactDetails) else None


def _add(con: Connection, newcomer: Newcomer, when: When) -> Profile:
    known = profiles.list_profiles(con, hidden=True)
    position, pid = len(known), make_id()
    blank = Profile(pid=pid, colour=PALETTE[position % len(PALETTE)], position=position, holder=not known)
    body = encode_newcomer(newcomer)
    profile = _name_profile(blank, newcomer, body)
    profiles.save_profile(con, profile)
    create_record(con, pid, describe_body(con, pid, body), when, record_id=pid)
    return profile


def _recall(con: Connection, pid: str) -> Newcomer:
    profile, body = _find_local(con, pid)
    if profile.birth is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    first_name, family_name = decode_name(body)
    nir = decode_person(body).nir
    return Newcomer(first_name=first_name, family_name=family_name, birth=profile.birth, sex=profile.sex, nir=nir)


def _correct(con: Connection, pid: str, newcomer: Newcomer, when: When) -> None:
    profile, former = _find_local(con, pid)
    body = encode_newcomer(newcomer, former)
    profiles.save_profile(con, _name_profile(profile, newcomer, body))
    change_record(con, pid, describe_body(con, pid, body), when)


def _remove(con: Connection, pid: str) -> None:
    profile, _ = _find_local(con, pid)
    profiles.purge_profile(con, pid)
    left = [found for found in profiles.list_profiles(con) if found.is_local]  # who holds others, their server says
    if profile.holder and left:
        profiles.save_profile(con, left[0].model_copy(update={"holder": True}))


def _find_local(con: Connection, pid: str) -> tuple[Profile, bytes]:
    """A profile that began here, and its Patient."""
    profile = next((found for found in profiles.list_profiles(con) if found.pid == pid), None)
    if profile is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    if not profile.is_local:
        raise NotAllowed(Reason.NOT_YOURS)
    return profile, records.get_record(con, pid).body


def _name_profile(profile: Profile, newcomer: Newcomer, body: bytes) -> Profile:
    """The profile under the name that its Patient has for everybody."""
    told = {"name": decode_person(body).name, "birth": newcomer.birth, "sex": newcomer.sex}
    return profile.model_copy(update=told)
