"""Where the content of each document is, and which are still to be fetched."""

from mes_app.domain.record import ContentState, Kind
from mes_app.store.database import Connection
from mes_app.store.pieces import drop_pieces


def list_awaited(con: Connection, profile: str, since: str = "") -> list[str]:
    """The documents whose content is to be fetched, newest first: those of the day ``since`` or later.

    So are those without a date, those that their reader keeps, and those whose former content is here.
    """
    sql = """
        SELECT lid FROM res WHERE profile = ? AND content = 'remote'
            AND (date_key >= ? OR date_key = '' OR kept = 1 OR lid IN (SELECT lid FROM blob))
        ORDER BY date_key DESC, lid DESC
    """
    return [record_id for (record_id,) in con.execute(sql, (profile, since))]


def set_content_state(con: Connection, record_id: str, state: ContentState) -> bool:
    """Say where the content of a record is; False when there is no such record. What had come in part is forgotten."""
    drop_pieces(con, record_id)
    sql = "UPDATE res SET content = ? WHERE lid = ? AND withheld = 0 RETURNING profile, kind"
    found = con.execute(sql, (state, record_id)).fetchall()
    for profile, kind in found:
        con.touch(profile, Kind(kind))
    return bool(found)
