"""The contents of which a part has come: what the network brought outlives it, and the process, encrypted as all else.

Pieces follow each other from the first byte on and are all of one version, which its address and tag name. They go as
soon as the content is here or given up (``contents.set_content_state``).
"""

from dataclasses import dataclass

from mes_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Origin:
    """One version of a content: where it is, and the strong tag that the server gave it."""

    url: str
    etag: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A content of which ``data``, its first bytes, is here."""

    origin: Origin
    data: bytes


def save_piece(con: Connection, record_id: str, origin: Origin, start: int, data: bytes) -> bool:
    """Keep ``data`` as what begins at byte ``start``; at 0 it takes the place of all that was kept.

    False, and nothing is kept, where it does not continue what is here, or the record went.
    """
    if con.execute("SELECT 1 FROM res WHERE lid = ?", (record_id,)).fetchone() is None:
        return False
    if start == 0:
        drop_pieces(con, record_id)
    elif not _is_next(con, record_id, origin, start):
        return False
    sql = "INSERT INTO piece (lid, start, url, etag, data) VALUES (?, ?, ?, ?, ?)"
    con.execute(sql, (record_id, start, origin.url, origin.etag, data))
    return True


def find_begun(con: Connection, record_id: str, url: str) -> Begun | None:
    """What has come of the content of a record, if it is still at ``url``."""
    sql = "SELECT etag, data FROM piece WHERE lid = ? AND url = ? ORDER BY start"
    found = con.execute(sql, (record_id, url)).fetchall()
    return Begun(Origin(url, found[0][0]), b"".join(data for _, data in found)) if found else None


def drop_pieces(con: Connection, record_id: str) -> None:
    """Forget what has come of a content."""
    con.execute("DELETE FROM piece WHERE lid = ?", (record_id,))


def _is_next(con: Connection, record_id: str, origin: Origin, start: int) -> bool:
    sql = "SELECT url, etag, start + length(data) FROM piece WHERE lid = ? ORDER BY start DESC LIMIT 1"
    return bool(con.execute(sql, (record_id,)).fetchone() == (origin.url, origin.etag, start))
