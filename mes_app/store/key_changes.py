"""Give the store another key, in one step of SQLCipher: killed at any moment, it has exactly the old or the new one."""

from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable
from mes_app.store.drivers import Driver, DriverConnection
from mes_app.store.openers import connect, make_key_text
from mes_app.store.rooms import require_room


def change_key(con: DriverConnection, path: Path, key: Secret, driver: Driver) -> None:
    """Encrypt every page of the store at ``path`` under ``key`` (32 bytes), outside any transaction, and prove it.

    Raises Unreadable(DISK_FULL), nothing begun, where there is no room for twice the file. After any other error the
    store has one of the two keys: only opening it tells which.
    """
    require_room(path.parent, 2 * path.stat().st_size)
    _empty_log(con)
    with make_key_text(key) as text:
        con.reset_key(text.view())
    _empty_log(con)
    _prove(path, key, driver)


def _empty_log(con: DriverConnection) -> None:
    """Bring what is in the -wal into the file: nothing under the old key stays there, nor does it take room."""
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _prove(path: Path, key: Secret, driver: Driver) -> None:
    """Read every page with the new key alone, through a connection that never had the old one."""
    con = connect(path, key, driver)
    try:
        if con.execute("PRAGMA cipher_integrity_check").fetchall():
            raise Unreadable(Reason.DAMAGED)
    finally:
        con.close()
