"""The health-profile synthesis: gathered from the store, drawn as a PDF on the device."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mes_app.domain.content_types import PDF
from mes_app.domain.documents import Content
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections import SECTIONS
from mes_app.domain.sections.measures import Measure
from mes_app.domain.shown_measures import show_measure
from mes_app.domain.summaries import HealthSummary
from mes_app.services.freshness import Freshness
from mes_app.services.measure_units import read_units
from mes_app.services.summaries import gather_summary
from mes_app.store.database import Connection, Database


class Synthesis:
    """Makes the synthesis of one person. ``fonts``: the folder of our TTF files."""

    def __init__(
        self,
        database: Database,
        fonts: Path,
        freshness: Freshness,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
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


def _render(summary: HealthSummary, fonts: Path, *, show_nir: bool) -> bytes:
    from mes_app.pdf.synthesis import render_synthesis  # noqa: PLC0415 - the app starts without reportlab

    return render_synthesis(summary, fonts, show_nir=show_nir)


def _gather(con: Connection, pid: str, now: datetime) -> HealthSummary:
    """Every section of the profile, of each measure only the newest value, in the unit chosen.

    The booklet of a child has its own PDF.
    """
    summary = gather_summary(con, pid, now)
    measures, units = summary.sections[Kind.MEASURES], read_units(con, pid)
    latest = replace(measures, entries=tuple(show_measure(each, units) for each in _latest_of_each(measures.entries)))
    profile = {kind: content for kind, content in summary.sections.items() if kind in SECTIONS}
    return replace(summary, sections={**profile, Kind.MEASURES: latest})


def _latest_of_each(entries: Sequence[Entry]) -> list[Measure]:
    """The newest value of each measure; ``entries`` come newest first."""
    latest: dict[str, Measure] = {}
    for entry in entries:
        if isinstance(entry, Measure):
            latest.setdefault(entry.measure or entry.title, entry)
    return list(latest.values())
