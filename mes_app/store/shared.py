"""Resources that belong to no profile and that records point to: professionals, places, medicines, devices."""

import json
from collections.abc import Iterable

from mes_app.store.database import Connection


def save_shared(con: Connection, resource_type: str, rid: str, ver: str, body: bytes) -> None:
    """Keep a resource, in place of what it was."""
    con.execute(
        "INSERT OR REPLACE INTO shared (type, rid, ver, body) VALUES (?, ?, ?, ?)", (resource_type, rid, ver, body)
    )


def find_shared(con: Connection, resource_type: str, rid: str) -> bytes | None:
    """The body of a resource."""
    found = con.execute("SELECT body FROM shared WHERE type = ? AND rid = ?", (resource_type, rid)).fetchone()
    return bytes(found[0]) if found else None


def missing_shared(con: Connection, refs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Which of these (type, id) are not here, in the order of their names."""
    sql = """
        SELECT DISTINCT named.value ->> 0, named.value ->> 1 FROM json_each(?) AS named
        WHERE NOT EXISTS (SELECT 1 FROM shared WHERE type = named.value ->> 0 AND rid = named.value ->> 1)
        ORDER BY 1, 2
    """
    return [(resource_type, rid) for resource_type, rid in con.execute(sql, (json.dumps(list(refs)),))]


def list_shared(con: Connection) -> set[tuple[str, str]]:
    """Type and id of all that is kept."""
    return set(con.execute("SELECT type, rid FROM shared").fetchall())
