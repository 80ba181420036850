"""Which documents are hidden from professionals, as they are shown here, and what the server knows of it."""

import json
from collections.abc import Sequence

from mes_app.domain.record import Kind
from mes_app.domain.visibility import Standing
from mes_app.errors import Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.labels import is_hidden
from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference
from mes_app.store.records import get_record
from mes_app.store.rows import OPENABLE_DOCUMENTS, SHOWN_DOCUMENTS
from mes_app.store.versions import Versions, require_versions

_HIDING = "hides_new_documents"
_DOCUMENTS = f"{OPENABLE_DOCUMENTS} AND profile = ?"


def list_visible(con: Connection, profile: str, *, hidden: bool) -> list[str]:
    """Our ids of a person's documents that are ``hidden``, or of those that are not."""
    sql = f"SELECT lid FROM res WHERE {_DOCUMENTS} AND hidden = ? ORDER BY date_key DESC, lid DESC"  # noqa: S608
    return [lid for (lid,) in con.execute(sql, (profile, hidden))]


def find_hidden(con: Connection, record_ids: Sequence[str]) -> dict[str, bool]:
    """Of the documents among these records, whether each is hidden."""
    sql = f"SELECT lid, hidden FROM res WHERE {OPENABLE_DOCUMENTS} AND lid IN (SELECT value FROM json_each(?))"  # noqa: S608
    return {lid: bool(hidden) for lid, hidden in con.execute(sql, (json.dumps([*record_ids]),))}


def count_hidden(con: Connection, profile: str) -> tuple[int, int, int]:
    """How many documents a person has, how many are hidden, and how many have changes that the server does not have.

    One of which a copy or a former version is not hidden counts as not hidden.
    """
    sql = f"""
        SELECT count(*), count(iif(hidden AND NOT EXISTS (
                   SELECT 1 FROM res AS other
                   WHERE other.fold = res.fold AND other.fold <> '' AND other.withheld = 0 AND other.deleted = 0
                       AND other.behind = 1 AND other.hidden = 0
               ), 1, NULL)),
               count(iif(lid IN (SELECT lid FROM outbox UNION SELECT lid FROM conflict), 1, NULL))
        FROM res WHERE {SHOWN_DOCUMENTS}
    """  # noqa: S608 (our own condition)
    total, hidden, waiting = con.execute(sql, (profile,)).fetchone()
    return total, hidden, waiting


def read_standing(con: Connection, record_id: str) -> tuple[bool, Standing]:
    """Whether a document is hidden, and how far the server knows: UNENFORCED where it does.

    Raises Rejected("id", UNKNOWN_RECORD) for what is no document.
    """
    row = get_record(con, record_id).row
    if row.kind is not Kind.DOCUMENTS:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return row.hidden, _judge(require_versions(con, record_id), hidden=row.hidden)


def hides_new(con: Connection, profile: str) -> bool:
    """Whether what a person adds is hidden from the start."""
    return profile in get_preference(con, _HIDING, [])


def choose_new(con: Connection, profile: str, *, hidden: bool) -> None:
    """From now on, what a person adds is ``hidden`` from the start."""
    others = [kept for kept in get_preference(con, _HIDING, []) if kept != profile]
    put_preference(con, _HIDING, [*others, profile] if hidden else others)
    con.touch(profile, Kind.DOCUMENTS)


def _judge(now: Versions, *, hidden: bool) -> Standing:
    if now.asked:
        agreed = all(_hides(body) == hidden for body in (now.asked.mine, now.asked.theirs))
        return Standing.UNENFORCED if agreed else Standing.UNDECIDED
    if all(_hides(body) == hidden for body in (now.mirror, *(op.body for op in now.ops))):
        return Standing.UNENFORCED
    return Standing.REFUSED if any(op.state == "quarantined" for op in now.ops) else Standing.REQUESTED


def _hides(body: bytes | None) -> bool | None:
    """Whether a version hides the document; None where there is no such version."""
    return None if body is None else is_hidden(read_body(body))
