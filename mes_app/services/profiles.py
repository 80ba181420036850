"""Whose records the vault holds."""

from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.people import Person, Profile
from mes_app.domain.record import Kind
from mes_app.fhir.people import decode_person
from mes_app.services.decoding import decode_stored
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database


class Profiles:
    """The people of the vault, the holder first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self) -> list[Profile]:
        """The active profiles in their order; empty before the first sync has named them."""
        return await self._database.read(profiles.list_profiles)

    async def person(self, pid: str) -> Person | None:
        """What the server says of a person; None before their Patient resource has been read."""
        found = await self._database.read(records.list_bodies, pid, Kind.PEOPLE, limit=1)
        return decode_person(found[0].body) if found else None

    async def details(self, pid: str) -> ContactDetails | None:
        """How a person is reached, under the id to change it by; None before their Patient resource has been read."""
        return await self._database.read(_read_details, pid)


def _read_details(con: Connection, pid: str) -> ContactDetails | None:
    found = records.list_bodies(con, pid, Kind.PEOPLE, limit=1)
    details = decode_stored(con, found[0]) if found else None
    return details if isinstance(details, ContactDetails) else None
