"""The health-profile synthesis: gathered from the store, drawn as a PDF on the device."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mes_app.domain.content_types import PDF
from mes_app.domain.documents import Content
from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.measures import Measure
from mes_app.domain.summaries import HealthSummary, SectionContent
from mes_app.errors import Reason, Rejected
from mes_app.fhir.people import decode_person
from mes_app.services.decoding import list_entries
from mes_app.services.freshness import Freshness
from mes_app.services.health import nothing_declared
from mes_app.services.previews import Previews
from mes_app.store import profiles, records
from mes_app.store.database import Connection, Database


class Synthesis:
    """Makes the synthesis of one person. ``fonts``: the folder of our TTF files."""

    def __init__(
        self,
        database: Database,
        previews: Previews,
        fonts: Path,
        freshness: Freshness,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._previews = previews
        self._fonts = fonts
        self._freshness = freshness
        self._clock = clock

    async def make(self, pid: str, *, show_nir: bool = False) -> Content:
        """The PDF of one person, the NIR masked unless asked for.

        Raises Rejected(UNKNOWN_RECORD), and Locked(CONFIRM_SECRET) for the whole NIR unless the owner was just proved.
        """
        if show_nir:
            self._freshness.require()
        summary = await self._database.read(_gather, pid, self._clock())
        data = await asyncio.to_thread(_render, summary, self._fonts, show_nir=show_nir)
        return Content(data=data, content_type=PDF, file_name="synthese-sante.pdf")

    async def render_page(self, content: Content, page: int, width: int) -> bytes:
        """One page of the PDF as a PNG. Raises Unreadable(NO_PREVIEW) where the platform has no PDF reader."""
        return await self._previews.render_page(content, page, width)

    async def count_pages(self, content: Content) -> int:
        """How many pages ``render_page`` can show. Raises Unreadable(NO_PREVIEW)."""
        return (await self._previews.preview(content)).pages


def _render(summary: HealthSummary, fonts: Path, *, show_nir: bool) -> bytes:
    from mes_app.pdf.synthesis import render_synthesis  # noqa: PLC0415 - the app starts without reportlab

    return render_synthesis(summary, fonts, show_nir=show_nir)


def _gather(con: Connection, pid: str, now: datetime) -> HealthSummary:
    everyone = profiles.list_profiles(con)
    profile = next((found for found in everyone if found.pid == pid), None)
    if profile is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    person = records.list_bodies(con, pid, Kind.PEOPLE, limit=1)
    return HealthSummary(
        profile=profile,
        person=decode_person(person[0].body) if person else None,
        made_at=now,
        made_by=_holder_name(everyone),
        sections=_gather_sections(con, pid),
    )


def _holder_name(everyone: list[Profile]) -> str:
    return next((profile.name for profile in everyone if profile.holder), "")


def _gather_sections(con: Connection, pid: str) -> dict[Kind, SectionContent]:
    declared = nothing_declared(con, pid)
    return {
        kind: SectionContent(entries=_entries(con, pid, kind), nothing_declared=declared.get(kind.value))
        for kind in SECTIONS
    }


def _entries(con: Connection, pid: str, kind: Kind) -> tuple[Entry, ...]:
    entries = list_entries(con, pid, kind)
    return tuple(_latest_of_each(entries) if kind is Kind.MEASURES else entries)


def _latest_of_each(entries: list[Entry]) -> list[Entry]:
    """The newest value of each measure; ``entries`` come newest first."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        if isinstance(entry, Measure):
            latest.setdefault(entry.measure or entry.title, entry)
    return list(latest.values())
