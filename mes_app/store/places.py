"""Where each content is: its file and the key of that file, which exists nowhere else."""

from dataclasses import dataclass, field

from mes_app.domain.record import ContentState
from mes_app.errors import Reason, Rejected
from mes_app.store.contents import set_content_state
from mes_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Place:
    """The file of a content and its key, which does not print."""

    file: str
    key: bytes = field(repr=False)


def save_place(con: Connection, record_id: str, place: Place, size: int, digest: bytes) -> str | None:
    """Keep where a content is; the file it replaces, if any. Raises Rejected("id", UNKNOWN_RECORD)."""
    if not set_content_state(con, record_id, ContentState.STORED):
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    replaced = find_place(con, record_id)
    con.execute(
        """
        INSERT INTO blob (lid, file, key, size, sha256) VALUES (?, ?, ?, ?, ?) ON CONFLICT (lid) DO UPDATE SET
            file = excluded.file, key = excluded.key, size = excluded.size, sha256 = excluded.sha256, stale = 0
        """,
        (record_id, place.file, place.key, size, digest),
    )
    con.execute("UPDATE res SET digest = ? WHERE lid = ?", (digest, record_id))
    return replaced.file if replaced else None


def find_place(con: Connection, record_id: str) -> Place | None:
    """Where the content of a record is."""
    found = con.execute("SELECT file, key FROM blob WHERE lid = ?", (record_id,)).fetchone()
    return Place(*found) if found else None


def find_sealed(con: Connection, record_id: str) -> tuple[Place, int, bytes] | None:
    """The same with the size and digest of the content: what ``save_place`` takes."""
    found = con.execute("SELECT file, key, size, sha256 FROM blob WHERE lid = ?", (record_id,)).fetchone()
    return (Place(*found[:2]), found[2], found[3]) if found else None


def renew_place(con: Connection, file: str, place: Place) -> bool:
    """The content of ``file``, stale until now, is at ``place``; False when that file is no longer anybody's."""
    sql = "UPDATE blob SET file = ?, key = ?, stale = 0 WHERE file = ?"
    return con.execute(sql, (place.file, place.key, file)).rowcount == 1


def list_used_files(con: Connection) -> set[str]:
    """The names of the files that hold a content."""
    return {file for (file,) in con.execute("SELECT file FROM blob")}


def list_digests(con: Connection, profile: str) -> list[tuple[str, str]]:
    """The SHA-256 (hexadecimal) of each content of a profile that is here, and our id of its record."""
    sql = "SELECT lower(hex(sha256)), lid FROM blob JOIN res USING (lid) WHERE profile = ? AND deleted = 0"
    return con.execute(sql, (profile,)).fetchall()
