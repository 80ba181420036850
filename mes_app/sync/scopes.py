"""What the sync of one profile works with, and the questions that fetching and checking it both ask of the server."""

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode

from mes_app.domain.people import Profile
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bundles import parse_bundle
from mes_app.store.database import Database
from mes_app.sync.api import FhirApi
from mes_app.sync.networks import Clock
from mes_app.sync.references import References

PAGE_COUNT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Scope:
    """One profile of one run: whose records are asked of whom, and where they go."""

    api: FhirApi
    database: Database
    references: References
    profile: Profile
    now: Clock

    @property
    def patient(self) -> str:
        """The server's id of the person."""
        return self.profile.rid or ""

    def search(self, resource_type: str, **more: str) -> str:
        """The reference of a search among the records of the person."""
        return f"{resource_type}?{urlencode({'patient': self.patient, **more})}"

    async def count(self, search: str) -> int | None:
        """How many records a search finds; None when the server does not say."""
        try:
            answer = await self.api.get(f"{search}&_summary=count", fresh=True)
            return (await asyncio.to_thread(parse_bundle, answer.body)).total
        except (Rejected, NotAllowed, Unreadable):
            return None


def note_link(link: str, seen: set[str]) -> None:
    """Add a link to those followed. Raises Unreadable(PAGE_LOOP) for one ``seen`` before, or links without end."""
    if link in seen or len(seen) >= PAGE_COUNT_LIMIT:
        raise Unreadable(Reason.PAGE_LOOP)
    seen.add(link)
