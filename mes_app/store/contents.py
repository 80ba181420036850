"""Which document contents are still to be fetched."""

from mes_app.domain.record import ContentState, Kind, Row
from mes_app.store.database import Connection
from mes_app.store.rows import SELECTED_ROW, make_row


def list_awaited(con: Connection, profile: str, *, limit: int = 100) -> list[Row]:
    """The documents whose content is only on the server, newest first."""
    sql = (
        f"SELECT {SELECTED_ROW} FROM res WHERE profile = ? AND content = 'remote'"  # noqa: S608 (our own column names)
        " ORDER BY date_key DESC, lid DESC LIMIT ?"
    )
    return [make_row(found) for found in con.execute(sql, (profile, limit))]


def count_awaited(con: Connection, profile: str) -> int:
    """How many documents wait for their content."""
    sql = "SELECT count(*) FROM res WHERE profile = ? AND content = 'remote'"
    return int(con.execute(sql, (profile,)).fetchone()[0])


def set_content_state(con: Connection, record_id: str, state: ContentState) -> bool:
    """Say where the content of a record is; False when there is no such record."""
    sql = "UPDATE res SET content = ? WHERE lid = ? AND withheld = 0 RETURNING profile, kind"
    found = con.execute(sql, (state, record_id)).fetchall()
    for profile, kind in found:
        con.touch(profile, Kind(kind))
    return bool(found)
