"""All or nothing. The driver's own implicit transactions stay off."""

from collections.abc import Iterator
from contextlib import contextmanager

from mes_app.store.drivers import DriverConnection


@contextmanager
def transaction(con: DriverConnection) -> Iterator[None]:
    """Commit what the block changes, or undo all of it when anything is raised."""
    con.execute("BEGIN IMMEDIATE")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        if con.in_transaction:  # a full disk or an interruption has already undone it
            con.execute("ROLLBACK")
        raise
