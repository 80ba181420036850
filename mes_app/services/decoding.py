"""Open stored records: the body of a row, decoded with the shared resources it points to."""

import json
from decimal import Decimal

from mes_app.domain.checks import may_edit
from mes_app.domain.record import Entry, Kind, Row, Source
from mes_app.domain.sections.ordering import sort_by_weight
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.fhir.codec import decode
from mes_app.fhir.elements import Json
from mes_app.fhir.professionals import list_professionals
from mes_app.fhir.references import Refs
from mes_app.store import records, shared
from mes_app.store.database import Connection
from mes_app.store.records import Stored


def decode_record(con: Connection, record_id: str) -> Entry:
    """One record, or one professional, opened. Raises Rejected(UNKNOWN_RECORD), Unreadable."""
    if is_named(record_id):
        return _find_member(list_team(con, record_id.partition(".")[0]), record_id)
    entry = decode_stored(con, records.get_record(con, record_id))
    written = "" if entry.recorded else records.find_written(con, record_id)
    return entry.model_copy(update={"updated": PartialDate(text=written)}) if written else entry


def is_named(record_id: str) -> bool:
    """Whether it is the id of a professional whom other records name."""
    return "." in record_id


def _find_member(team: list[Professional], record_id: str) -> Professional:
    found = next((member for member in team if member.id == record_id), None)
    if found is None:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return found


def list_entries(con: Connection, pid: str, kind: Kind) -> list[Entry]:
    """All records of a kind, opened, what matters most first, then the newest (at most 500)."""
    if kind is Kind.PROFESSIONALS:
        return [*list_team(con, pid)]
    return sort_by_weight([decode_stored(con, stored) for stored in records.list_bodies(con, pid, kind)])


def list_team(con: Connection, pid: str) -> list[Professional]:
    """Everyone who follows a person, the médecin traitant first, then those whom they noted themselves.

    The others are named by records and have none of their own: their id is that of the profile and their rank.
    """
    patient = records.list_bodies(con, pid, Kind.PEOPLE, limit=1)
    stored = records.list_bodies(con, pid, Kind.PROFESSIONALS)
    teams = [one.body for one in stored if not may_edit(one.row.kind, one.row.source)]
    found = list_professionals(patient[0].body if patient else b"{}", teams, make_refs(con))
    named = [one.model_copy(update={"id": f"{pid}.{rank}", "profile": pid}) for rank, one in enumerate(found)]
    return sorted([*list_noted(con, pid), *named], key=lambda one: not one.regular)


def list_member_rows(con: Connection, pid: str) -> list[Row]:
    """The same as lists show them: most have no row of their own."""
    return [
        Row(
            id=member.id,
            profile=member.profile,
            kind=Kind.PROFESSIONALS,
            title=member.name,
            subtitle=member.speciality or member.organization or "",
            status="regular" if member.regular else "",
            source=member.source,
        )
        for member in list_team(con, pid)
    ]


def list_noted(con: Connection, pid: str) -> list[Professional]:
    """The professionals whom a person noted themselves, the last one first."""
    stored = [
        one for one in records.list_bodies(con, pid, Kind.PROFESSIONALS) if may_edit(one.row.kind, one.row.source)
    ]
    opened = (decode_stored(con, one) for one in stored)
    return [one for one in opened if isinstance(one, Professional)]


def decode_stored(con: Connection, stored: Stored) -> Entry:
    """A record already read from the store, opened. Raises Unreadable."""
    entry = decode_body(con, stored.row.kind, stored.body)
    source = stored.row.source if entry.source is Source.UNKNOWN else entry.source
    return entry.model_copy(update={"id": stored.row.id, "profile": stored.row.profile, "source": source})


def decode_body(con: Connection, kind: Kind, body: bytes) -> Entry:
    """One version of a record of ``kind``, opened, without the id of the record. Raises Unreadable."""
    return decode(kind, body, make_refs(con))


def make_refs(con: Connection) -> Refs:
    """How to look up the shared resources that records point to."""

    def find_reference(resource_type: str, resource_id: str) -> Json | None:
        body = shared.find_shared(con, resource_type, resource_id)
        return json.loads(body, parse_float=Decimal) if body else None

    return find_reference
