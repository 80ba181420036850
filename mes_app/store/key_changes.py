"""Give the store another key, in one step of SQLCipher: killed at any moment, it has exactly the old or the new one."""

from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable
from mes_app.store.drivers import Driver, DriverConnection, DriverError
from mes_app.store.openers import connect, make_key_text
from mes_app.store.rooms import require_room


def require_room_for_change(path: Path) -> None:
    """Raise Unreadable(DISK_FULL) unless there is room for twice the store at ``path``: its log and a margin."""
    require_room(path.parent, 2 * path.stat().st_size)


def change_key(con: DriverConnection, path: Path, key: Secret, driver: Driver) -> None:
    """Encrypt every page of the store at ``path`` under ``key`` (32 bytes), outside any transaction, and prove it.

    After an error the store has one of the two keys, which opening it tells, and ``con`` may be good for nothing more
    than to be closed. Raises Unreadable(DISK_FULL) when the disk did not take it: the store has its former key.
    """
    _empty_log(con)
    with make_key_text(key) as text:
        con.reset_key(text.view())
    reader = _open_anew(path, key, driver)
    try:
        _empty_log(con)
        if reader.execute("PRAGMA cipher_integrity_check").fetchall():
            raise Unreadable(Reason.DAMAGED)
    finally:
        reader.close()


def _empty_log(con: DriverConnection) -> None:
    """Bring what is in the -wal into the file: nothing under the old key stays there, nor does it take room."""
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _open_anew(path: Path, key: Secret, driver: Driver) -> DriverConnection:
    """A connection that never had the former key: it alone tells that a commit failed, which SQLCipher passes over."""
    try:
        return connect(path, key, driver)
    except DriverError:
        raise Unreadable(Reason.DISK_FULL) from None
