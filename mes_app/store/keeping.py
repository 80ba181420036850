"""What of the contents is kept here: what the owner chose, what may go because the server has it, and the room taken.

A content that is only here (not sent yet, or edited since) never goes, nor one that its reader keeps.
"""

from dataclasses import dataclass

from mes_app.domain.keeping import Policy
from mes_app.domain.record import ContentState, Kind
from mes_app.errors import Reason, Rejected
from mes_app.fhir.attachments import content_state, find_attachment, read_attachment
from mes_app.fhir.bodies import read_body
from mes_app.store.contents import set_content_state
from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference
from mes_app.store.rows import OPENABLE

_POLICY = "keeping"
_FREEABLE = f"""
    SELECT lid, file, blob.size, mirror
    FROM blob JOIN res USING (lid) JOIN body USING (lid) JOIN profile ON pid = res.profile
    WHERE {OPENABLE} AND state = 'active' AND res.rid IS NOT NULL AND missed = 0 AND mirror IS NOT NULL
        AND lid NOT IN (SELECT lid FROM outbox) AND lid NOT IN (SELECT lid FROM conflict) AND """  # noqa: S608
_UNKEPT = "kept = 0"
_OLD = "date_key <> '' AND date_key < ?"


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A content kept here: its record, its file, its bytes."""

    record_id: str
    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Held:
    """The documents of one profile: how many have their content here, its bytes, how many only on the server."""

    here: int
    size: int
    away: int


def read_policy(con: Connection) -> Policy:
    """What the owner of this device chose."""
    return Policy.model_validate(get_preference(con, _POLICY, {}))


def choose_policy(con: Connection, policy: Policy) -> None:
    """Keep what ``policy`` says from the next sync on: what was freed or opened before no longer counts."""
    put_preference(con, _POLICY, policy.model_dump())
    con.execute("UPDATE blob SET asked = 0")
    con.execute("UPDATE res SET content = 'remote' WHERE content = 'freed'")


def keep_record(con: Connection, record_id: str, *, kept: bool) -> None:
    """Keep the content of a document here whatever the policy, or no longer. Raises Rejected("id", UNKNOWN_RECORD)."""
    sql = "UPDATE res SET kept = ?, content = iif(content = 'freed', 'remote', content) WHERE lid = ? RETURNING "
    found = con.execute(sql + "profile, kind", (kept, record_id)).fetchall()
    if not found:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    for profile, kind in found:
        con.touch(profile, Kind(kind))


def note_asked(con: Connection, record_id: str) -> None:
    """The content of a record was opened by someone: it stays, however old, until it is freed on request."""
    con.execute("UPDATE blob SET asked = 1 WHERE lid = ?", (record_id,))


def list_freeable(con: Connection, before: str = "") -> list[StoredContent]:
    """The contents that the server has too, but for those that are kept; with ``before`` of documents before that
    day.
    """
    return _select(con, f"{_UNKEPT} AND {_OLD}", before) if before else _select(con, _UNKEPT)


def free_contents(con: Connection, before: str = "") -> list[StoredContent]:
    """Forget the contents that ``list_freeable`` tells, until someone opens them; what went."""
    return _forget(con, list_freeable(con, before), ContentState.FREED)


def free_outgrown(con: Connection, before: str) -> list[StoredContent]:
    """Forget those of documents before the day ``before`` that nobody asked for; what went."""
    return _forget(con, _select(con, f"{_UNKEPT} AND asked = 0 AND {_OLD}", before), ContentState.REMOTE)


def free_damaged(con: Connection, record_id: str) -> list[StoredContent]:
    """Forget a content that cannot be opened, to fetch it again; nothing where the server does not have it."""
    return _forget(con, _select(con, "lid = ?", record_id), ContentState.REMOTE)


def tell_held(con: Connection) -> dict[str, Held]:
    """What each profile has here and elsewhere, by pid; profiles without documents are absent."""
    sql = f"""
        SELECT profile, count(blob.lid), coalesce(sum(blob.size), 0),
               count(iif(blob.lid IS NULL AND content IN ('remote', 'freed', 'too_large'), 1, NULL))
        FROM res LEFT JOIN blob USING (lid) WHERE {OPENABLE} AND kind = ? GROUP BY profile
    """  # noqa: S608 (our own condition)
    return {profile: Held(*rest) for profile, *rest in con.execute(sql, (Kind.DOCUMENTS,))}


def measure_store(con: Connection) -> int:
    """The bytes of the database."""
    (pages,), (size,) = (con.execute(f"PRAGMA page_{name}").fetchone() for name in ("count", "size"))
    return int(pages) * int(size)


def _select(con: Connection, condition: str, *values: str) -> list[StoredContent]:
    found = con.execute(_FREEABLE + condition, values)
    return [StoredContent(*content) for *content, mirror in found if _is_there(mirror)]


def _is_there(mirror: bytes) -> bool:
    """Whether the server's version of a record says where its content is."""
    return content_state(read_attachment(find_attachment(read_body(mirror)))) is not ContentState.NONE


def _forget(con: Connection, contents: list[StoredContent], state: ContentState) -> list[StoredContent]:
    for content in contents:
        con.execute("DELETE FROM blob WHERE lid = ?", (content.record_id,))
        set_content_state(con, content.record_id, state)
    return contents
