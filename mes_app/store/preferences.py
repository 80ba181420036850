"""Small values of the whole vault, as JSON by name: the server account, the last sync. Encrypted like all the rest."""

import json
from typing import Any

from mes_app.store.database import Connection


def get_preference(con: Connection, name: str, default: Any = None) -> Any:
    """The value kept under ``name``, else ``default``."""
    found = con.execute("SELECT value FROM preference WHERE name = ?", (name,)).fetchone()
    return json.loads(found[0]) if found else default


def put_preference(con: Connection, name: str, value: Any) -> None:
    """Keep a JSON value under ``name``; None removes it."""
    if value is None:
        con.execute("DELETE FROM preference WHERE name = ?", (name,))
    else:
        con.execute("INSERT OR REPLACE INTO preference (name, value) VALUES (?, ?)", (name, json.dumps(value)))
