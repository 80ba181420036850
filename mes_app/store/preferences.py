"""Small values as JSON by name: of the whole vault (the server account, the last sync), and of one person.

Encrypted like all the rest, of this device, and never sent.
"""

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


def get_profile_preference(con: Connection, profile: str, name: str, default: Any = None) -> Any:
    """The value kept under ``name`` for one person, else ``default``."""
    sql = "SELECT value FROM profile_preference WHERE profile = ? AND name = ?"
    found = con.execute(sql, (profile, name)).fetchone()
    return json.loads(found[0]) if found else default


def put_profile_preference(con: Connection, profile: str, name: str, value: Any) -> None:
    """Keep a JSON value under ``name`` for one person, with whose profile it goes; None removes it."""
    if value is None:
        con.execute("DELETE FROM profile_preference WHERE profile = ? AND name = ?", (profile, name))
    else:
        sql = "INSERT OR REPLACE INTO profile_preference (profile, name, value) VALUES (?, ?, ?)"
        con.execute(sql, (profile, name, json.dumps(value)))


def list_profile_preferences(con: Connection, profile: str) -> dict[str, Any]:
    """All that is kept for one person, by name."""
    sql = "SELECT name, value FROM profile_preference WHERE profile = ? ORDER BY name"
    return {name: json.loads(value) for name, value in con.execute(sql, (profile,))}
