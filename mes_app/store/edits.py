"""What the user writes: the row, its body, the change to send and the journal, in one transaction.

Nothing else writes for the user. A record has at most one change that was sent and one that waits behind it.
"""

from dataclasses import replace

from mes_app.domain.folders import Arrangement
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.comparisons import SERVER_ELEMENTS, drop_version
from mes_app.store.database import Connection
from mes_app.store.folders import arrange_records
from mes_app.store.ids import make_id
from mes_app.store.journal import note_act
from mes_app.store.own_titles import set_own_title
from mes_app.store.records import Stored, get_record
from mes_app.store.references import follow_record, tie_references
from mes_app.store.rows import OVERVIEW_COLUMNS, read_overview
from mes_app.store.versions import (
    Versions,
    When,
    Written,
    begin_version,
    find_versions,
    require_versions,
    want_version,
)

__all__ = ["When", "Written", "change_record", "create_record", "delete_record", "restore_record", "write_version"]

_COLUMNS = ("lid", "profile", "type", "ver", "upd", *OVERVIEW_COLUMNS, "unread", "content")
_CREATE = f"INSERT INTO res ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"  # noqa: S608


def create_record(con: Connection, profile: str, written: Written, when: When, *, record_id: str = "") -> str:
    """A new record of ``profile``, under ``record_id`` if given; our id of it. Without what a server gave the body."""
    lid = record_id or make_id()
    values = (lid, profile, written.type, "", "", *read_overview(written.overview), False, "none")
    con.execute(_CREATE, values)
    body, deps = tie_references(con, lid, replace(written, body=_strip(written.body)))
    begin_version(con, lid, profile, replace(written, body=body, deps=deps), when)
    note_act(con, profile, "create", lid, when.at)
    return lid


def change_record(con: Connection, record_id: str, written: Written, when: When) -> bytes:
    """Give a record another version; returns the one before. Raises Rejected("id", UNKNOWN_RECORD)."""
    before = get_record(con, record_id)
    write_version(con, require_versions(con, record_id), written, when)
    note_act(con, before.row.profile, "change", record_id, when.at)
    return before.body


def delete_record(con: Connection, record_id: str, when: When) -> Stored:
    """Hide a record at once, for good once the server knows; what it was. Raises Rejected("id", UNKNOWN_RECORD).

    What was never sent goes at once.
    """
    before = get_record(con, record_id)
    write_version(con, require_versions(con, record_id), None, when)
    note_act(con, before.row.profile, "delete", record_id, when.at)
    return before


def restore_record(con: Connection, stored: Stored, when: When) -> str:
    """Undo a deletion: take it back while it waits, else write the record anew; our id of it, which may be new."""
    now = find_versions(con, stored.row.id)
    if now and not now.deleted:
        return now.lid
    if now is None or (now.sent and now.sent.op == "D"):
        lid = create_record(con, stored.row.profile, Written(stored.type, stored.body, stored.row), when)
        follow_record(con, stored.row.profile, stored.row.id, lid)
        arrange_records(con, {lid: Arrangement(stored.row.folder, stored.row.pinned)})
        if stored.row.own_title:
            set_own_title(con, lid, stored.row.own_title)
        return lid
    write_version(con, now, Written(stored.type, stored.body, stored.row), when)
    note_act(con, now.profile, "restore", now.lid, when.at)
    return now.lid


def write_version(con: Connection, now: Versions, written: Written | None, when: When) -> None:
    """Make ``written`` (None: deleted) what the user reads and what waits to be sent."""
    if written is None:
        want_version(con, now, None, None, deps=(), when=when)
    else:
        body, deps = tie_references(con, now.lid, written)
        want_version(con, now, body, written.overview, deps=deps, when=when)


def _strip(body: bytes) -> bytes:
    resource = read_body(body)
    if SERVER_ELEMENTS.isdisjoint(resource):
        return body
    return write_body({name: value for name, value in drop_version(resource).items() if name != "id"})
