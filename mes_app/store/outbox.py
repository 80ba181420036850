"""Changes made here that the server has not acknowledged, and those it answered with another version."""

from mes_app.store.database import Connection


def count_pending(con: Connection, profile: str) -> int:
    """How many changes of a profile wait to be sent."""
    sql = "SELECT count(*) FROM outbox JOIN res USING (lid) WHERE profile = ?"
    return int(con.execute(sql, (profile,)).fetchone()[0])


def count_conflicts(con: Connection, profile: str) -> int:
    """How many records of a profile wait for a choice between two versions."""
    sql = "SELECT count(*) FROM conflict JOIN res USING (lid) WHERE profile = ?"
    return int(con.execute(sql, (profile,)).fetchone()[0])
