"""What a reader calls a document: on this device only, never sent, whatever version of it comes."""

from collections.abc import Sequence

from mes_app.domain.folding import fold
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.store.connections import Connection
from mes_app.store.rows import OPENABLE_DOCUMENTS

_DOCUMENT = f"{OPENABLE_DOCUMENTS} AND lid = ?"


def read_own_title(con: Connection, record_id: str) -> str:
    """The title of one's own of a document; empty where it has none. Raises Rejected("id", UNKNOWN_RECORD)."""
    found = con.execute(f"SELECT own_title FROM res WHERE {_DOCUMENT}", (record_id,)).fetchone()  # noqa: S608
    if not found:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    return str(found[0])


def set_own_title(con: Connection, record_id: str, title: str) -> str:
    """Call a document ``title``, empty: as everybody does; what it was called before. Raises as ``read_own_title``."""
    former = read_own_title(con, record_id)
    sql = "UPDATE res SET own_title = ?, own_search = ? WHERE lid = ? RETURNING profile"
    for (profile,) in con.execute(sql, (title, fold(title), record_id)).fetchall():
        con.touch(profile, Kind.DOCUMENTS)
    return former


def hand_on_titles(con: Connection, record_ids: Sequence[str]) -> None:
    """Documents for which others stand in lists from now on leave them their title, where those have none."""
    sql = """
        UPDATE res SET own_title = former.own_title, own_search = former.own_search FROM res AS former
        WHERE former.lid = ? AND former.own_title <> '' AND res.own_title = '' AND res.fold = former.fold
            AND res.behind = 0 AND res.withheld = 0 AND res.deleted = 0
    """
    con.executemany(sql, [(record_id,) for record_id in record_ids])
