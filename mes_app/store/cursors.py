"""How far the pull of each resource type of each profile has come. Written with the page it speaks of."""

from dataclasses import dataclass

from mes_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Cursor:
    """``high``: the server's clock at the start of the last complete pass, empty before the first.

    ``pass_id``, ``next_url`` and ``next_at`` (when the link was given, seconds since 1970) are of a pass under way.
    """

    high: str = ""
    pass_id: str = ""
    next_url: str = ""
    next_at: float = 0.0


def get_cursor(con: Connection, profile: str, resource_type: str) -> Cursor:
    """The cursor of a type; a blank one before its first pass."""
    sql = "SELECT high, pass_id, next_url, next_at FROM cursor WHERE profile = ? AND type = ?"
    found = con.execute(sql, (profile, resource_type)).fetchone()
    return Cursor(*found) if found else Cursor()


def save_cursor(con: Connection, profile: str, resource_type: str, cursor: Cursor) -> None:
    """Keep the cursor of a type; how its last comparison went (``reconciliations``) stays."""
    con.execute(
        """
        INSERT INTO cursor (profile, type, high, pass_id, next_url, next_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (profile, type) DO UPDATE SET
            high = excluded.high, pass_id = excluded.pass_id, next_url = excluded.next_url, next_at = excluded.next_at
        """,
        (profile, resource_type, cursor.high, cursor.pass_id, cursor.next_url, cursor.next_at),
    )
