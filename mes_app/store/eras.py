"""Contents whose keys someone may know who knew a former key of the store: stale, until each has a new one."""

from mes_app.store.database import Connection


def begin_era(con: Connection) -> None:
    """Every content is stale from now on; those saved later are not."""
    con.execute("UPDATE blob SET stale = 1")


def list_stale(con: Connection) -> list[str]:
    """The records whose content is stale."""
    return [record_id for (record_id,) in con.execute("SELECT lid FROM blob WHERE stale = 1 ORDER BY lid")]
