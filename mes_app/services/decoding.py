"""Open stored records: the body of a row, decoded with the shared resources it points to."""

import json
from decimal import Decimal
from typing import Any

from mes_app.domain.record import Entry, Kind
from mes_app.fhir.codec import decode
from mes_app.store import records, shared
from mes_app.store.database import Connection
from mes_app.store.records import Stored


def decode_record(con: Connection, record_id: str) -> Entry:
    """One record, opened. Raises Rejected(UNKNOWN_RECORD), Unreadable."""
    return _decode(con, records.get_record(con, record_id))


def list_entries(con: Connection, pid: str, kind: Kind) -> list[Entry]:
    """All records of a kind, opened, newest first (at most 500)."""
    return [_decode(con, stored) for stored in records.list_bodies(con, pid, kind)]


def _decode(con: Connection, stored: Stored) -> Entry:
    def find_reference(resource_type: str, resource_id: str) -> dict[str, Any] | None:
        body = shared.find_shared(con, resource_type, resource_id)
        return json.loads(body, parse_float=Decimal) if body else None

    entry = decode(stored.row.kind, stored.body, find_reference)
    return entry.model_copy(update={"id": stored.row.id, "profile": stored.row.profile})
