"""Say that two records belong together: in the one of the two that can say it, which has to be the person's own."""

from mes_app.domain.checks import may_edit
from mes_app.domain.links import AS_LINKED, OPENED, Linked, Relinking, holds
from mes_app.domain.record import Row
from mes_app.errors import NotAllowed, Reason, Rejected
from mes_app.fhir.links import can_link, drop_links, put_link
from mes_app.services.encoding import describe_body
from mes_app.services.undoing import Edited, join_edits
from mes_app.store import links
from mes_app.store.database import Connection
from mes_app.store.edits import When, change_record
from mes_app.store.records import Stored, get_record


def list_links(con: Connection, record_id: str) -> list[Linked]:
    """All that a record is linked to, what it says itself first. Raises Rejected(UNKNOWN_RECORD)."""
    row = get_record(con, record_id).row
    ahead, behind = links.list_ahead(con, row), links.list_behind(con, row)
    said = {one.id: Linked(one, mine=may_say(row)) for one in ahead}
    told = {one.id: Linked(one, mine=may_say(one)) for one in behind if one.id not in said}
    return [one for one in (*said.values(), *told.values()) if one.row.kind in OPENED]


def link_records(con: Connection, record_id: str, other_id: str, when: When) -> Edited:
    """The two belong together. Raises as ``Linking.link``."""
    holder, target = _order(get_record(con, record_id), get_record(con, other_id))
    linked = target.row.id in _list_ids(con, holder.row)
    body = holder.body if linked else put_link(holder.body, target.type, f"urn:uuid:{target.row.id}")
    return _write(con, holder, body, when)


def unlink_records(con: Connection, record_id: str, other_id: str, when: When) -> Edited:
    """They no longer do. Raises as ``link_records``; NOT_A_CHOICE where they are not linked."""
    one, other = get_record(con, record_id), get_record(con, other_id)
    pairs = [(one, other), (other, one)]
    said = [(holder, target) for holder, target in pairs if target.row.id in _list_ids(con, holder.row)]
    if not said:
        raise Rejected("target", Reason.NOT_A_CHOICE)
    holder, target = said[0]
    if not may_say(holder.row):
        raise NotAllowed(Reason.NOT_YOURS)
    return _write(con, holder, drop_links(holder.body, links.list_addresses(con, target.row.id)), when)


def relink_record(con: Connection, edited: Edited, relinking: Relinking, when: When) -> Edited:
    """``edited`` with what becomes of the links of its record, undone together. Raises as ``link_records``.

    Those that are already as they shall be, others having seen to it, stay so.
    """
    if relinking == AS_LINKED:
        return edited
    record_id = edited.record_id
    now = {one.row.id for one in list_links(con, record_id)}
    made = [link_records(con, record_id, other, when) for other in relinking.made if other not in now]
    dropped = [unlink_records(con, record_id, other, when) for other in relinking.dropped if other in now]
    return join_edits([*reversed([*made, *dropped]), edited])


def may_say(row: Row) -> bool:
    """Whether the person may write in ``row`` what it is linked to."""
    return may_edit(row.kind, row.source)


def _list_ids(con: Connection, row: Row) -> set[str]:
    return {one.id for one in links.list_ahead(con, row)}


def _order(one: Stored, other: Stored) -> tuple[Stored, Stored]:
    """Which of the two says it, then the other."""
    holder, target = (one, other) if holds(one.row.kind, other.row.kind) else (other, one)
    if one.row.profile != other.row.profile or not holds(holder.row.kind, target.row.kind):
        raise Rejected("target", Reason.NOT_A_CHOICE)
    if not may_say(holder.row) or not can_link(holder.type, target.type):
        raise NotAllowed(Reason.NOT_YOURS)
    return holder, target


def _write(con: Connection, holder: Stored, body: bytes, when: When) -> Edited:
    record_id, pid = holder.row.id, holder.row.profile
    former = change_record(con, record_id, describe_body(con, pid, body), when)
    return Edited(record_id, lambda con, when: change_record(con, record_id, describe_body(con, pid, former), when))
