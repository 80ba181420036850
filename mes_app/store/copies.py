"""A copy of the store as it is at one moment, under another key, while the store goes on being read and written."""

from collections.abc import Callable
from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.store.connections import Connection
from mes_app.store.drivers import Driver
from mes_app.store.openers import PAGE_SIZE, connect, create_file, forbid_leaks, set_pragmas
from mes_app.store.rooms import require_room

Prepare = Callable[[Connection], None]

_PAGES_AT_A_TIME = 256
_STEPS_AT_A_TIME = 500
_CACHED_KIB = 2_000


def copy_store(
    con: Connection,
    path: Path,
    key: Secret,
    driver: Driver,
    *,
    prepare: Prepare | None,
    let_others_in: Callable[[], None],
) -> None:
    """Copy all of ``con`` to one new file at ``path``, mode 0600, under ``key`` (32 bytes), changed by ``prepare``.

    ``let_others_in`` is called about every megabyte and may run other jobs on ``con``. What it or ``prepare`` raises
    ends the copy, and no file stays. Raises Unreadable(DISK_FULL), NotAllowed(VAULT_EXISTS).
    """
    (pages,) = con.execute("PRAGMA page_count").fetchone()
    require_room(path.parent, 2 * pages * PAGE_SIZE)
    create_file(path)
    draft = path.with_name(f"{path.name}.draft")
    try:
        create_file(draft)
        _copy_pages(con, draft, key, driver, let_others_in)
        if prepare:
            _edit(draft, key, driver, prepare)
        _compact(draft, path, key, driver, let_others_in)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def _copy_pages(con: Connection, path: Path, key: Secret, driver: Driver, let_others_in: Callable[[], None]) -> None:
    """What is changed meanwhile on the same connection, SQLite changes in the copy too: it is of the last moment."""
    target = connect(path, key, driver)
    try:
        target.execute(f"PRAGMA cache_size = -{_CACHED_KIB}")
        con.driver_connection.backup(target, pages=_PAGES_AT_A_TIME, progress=lambda *_: let_others_in())
    finally:
        target.close()


def _edit(path: Path, key: Secret, driver: Driver, prepare: Prepare) -> None:
    driver_connection = connect(path, key, driver)
    try:
        set_pragmas(driver_connection)
        forbid_leaks(driver_connection)
        con = Connection(driver_connection)
        con.run_change(lambda: prepare(con))
    finally:
        driver_connection.close()


def _compact(draft: Path, path: Path, key: Secret, driver: Driver, let_others_in: Callable[[], None]) -> None:
    """Write ``draft`` anew, row by row: what was ever taken out or replaced leaves no trace in its pages."""

    def look() -> bool:
        let_others_in()  # what it raises interrupts the statement
        return False

    target = connect(draft, key, driver)
    try:
        target.execute(f"PRAGMA cache_size = -{_CACHED_KIB}")
        target.set_progress_handler(look, _STEPS_AT_A_TIME)
        target.execute("VACUUM INTO ?", (str(path),))
    finally:
        target.close()
