"""What is being typed in a form, kept until it is saved or given up: a lock or a kill must not lose it."""

from mes_app.store.database import Connection


def save_draft(con: Connection, profile: str, form: str, body: str) -> None:
    """Keep what is typed in a form, in place of what was."""
    con.execute("INSERT OR REPLACE INTO draft (profile, form, body) VALUES (?, ?, ?)", (profile, form, body))


def get_draft(con: Connection, profile: str, form: str) -> str | None:
    """What was typed in a form."""
    found = con.execute("SELECT body FROM draft WHERE profile = ? AND form = ?", (profile, form)).fetchone()
    return str(found[0]) if found else None


def drop_draft(con: Connection, profile: str, form: str) -> None:
    """Forget what was typed in a form."""
    con.execute("DELETE FROM draft WHERE profile = ? AND form = ?", (profile, form))
