"""Lead from a document to its versions and its copies. One that a person may not see is never among them."""

from mes_app.domain.versions import Tie, Versions, find_versions
from mes_app.fhir.bodies import read_body
from mes_app.fhir.elements import child, line
from mes_app.fhir.versions import read_replaced, read_unique_id
from mes_app.store.database import Connection
from mes_app.store.document_versions import list_same_bytes, list_tied
from mes_app.store.records import Stored, get_record


def find_document_versions(con: Connection, record_id: str) -> Versions:
    """What belongs to one document of the same person. Raises Rejected(UNKNOWN_RECORD), Unreadable."""
    stored = get_record(con, record_id)
    tie = _make_tie(stored)
    ids = {name.rpartition("/")[2] for name in tie.replaces}
    names = {tie.unique_id, stored.rid or ""} | ids
    others = [_make_tie(other) for other in list_tied(con, record_id, names - {""})]
    return find_versions(tie, others, list_same_bytes(con, record_id))


def _make_tie(stored: Stored) -> Tie:
    body = read_body(stored.body)
    return Tie(
        row=stored.row,
        address=f"{stored.type}/{stored.rid}" if stored.rid else "",
        unique_id=read_unique_id(body),
        replaces=read_replaced(body),
        updated=line(child(body, "meta").get("lastUpdated")),
    )
