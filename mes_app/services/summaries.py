"""What is known of one person's health, gathered from the store before it is drawn anywhere."""

from collections.abc import Collection
from datetime import datetime

from mes_app.domain.links import OPENED
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.domain.summaries import ALONE, Beside, HealthSummary, SectionContent
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.fhir.people import decode_person
from mes_app.services.decoding import list_entries
from mes_app.services.health import nothing_declared
from mes_app.services.link_writing import list_links
from mes_app.services.pregnancies import list_hidden
from mes_app.services.remarks import list_remarks
from mes_app.store import profiles, records
from mes_app.store.database import Connection

_TOLD = OPENED - {Kind.MEASURES}
"""Of measures there are thousands, and only the last of each is told."""


def gather_summary(con: Connection, pid: str, now: datetime) -> HealthSummary:
    """The person and every section (at most 500 entries of each). Raises Rejected(UNKNOWN_RECORD)."""
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
    """Those of a booklet only where there is something to tell: a pregnancy that the person hides is not told."""
    declared, hidden = nothing_declared(con, pid), list_hidden(con, pid)
    found = {kind: _gather_section(con, pid, kind, declared.get(kind.value), hidden) for kind in (*SECTIONS, *BOOKLET)}
    return {kind: content for kind, content in found.items() if kind in SECTIONS or content.entries}


def _gather_section(
    con: Connection, pid: str, kind: Kind, nothing: PartialDate | None, hidden: Collection[str]
) -> SectionContent:
    entries = tuple(entry for entry in list_entries(con, pid, kind) if entry.id not in hidden)
    ids = [entry.id for entry in entries] if kind in _TOLD else []
    beside = {each: found for each in ids if (found := _gather_beside(con, each, hidden)) != ALONE}
    return SectionContent(entries, nothing, beside)


def _gather_beside(con: Connection, record_id: str, hidden: Collection[str]) -> Beside:
    shown = tuple(link.row for link in list_links(con, record_id) if not link.row.hidden and link.row.id not in hidden)
    return Beside(shown, tuple(list_remarks(con, records.get_record(con, record_id).row)))
