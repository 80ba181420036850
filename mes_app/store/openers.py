"""Open the encrypted file: the only place that gives SQLCipher its key and sets pragmas.

Never ``PRAGMA key`` (its text stays in memory), never a passphrase at this level, never a driver that does not encrypt.
"""

import os
from pathlib import Path

from mes_app.crypto.secret import Secret
from mes_app.errors import NotAllowed, Reason, Unreadable
from mes_app.store.drivers import (
    SQLITE_ATTACH,
    SQLITE_DENY,
    SQLITE_OK,
    SQLITE_PRAGMA,
    Driver,
    DriverConnection,
    read_cipher_version,
)
from mes_app.store.migrations import migrate

KEY_SIZE = 32
PAGE_SIZE = 4096

_HEX = b"0123456789abcdef"
_STATEMENTS = 512
"""How many stay prepared, more than the app has: once the driver's 100 are in use, all others are parsed each time."""
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -16000",
)
# temp_store = 1 writes plaintext to the disk; key text given to a pragma stays in memory
_FORBIDDEN_PRAGMAS = frozenset({"temp_store", "temp_store_directory", "key", "hexkey", "rekey", "hexrekey"})


def open_connection(path: Path, key: Secret, *, create: bool, driver: Driver) -> DriverConnection:
    """A connection to the store at ``path``, at the newest version, for the calling thread.

    Raises Unreadable(NO_CIPHER, NOT_A_VAULT, DAMAGED, NEWER_VERSION), NotAllowed(VAULT_EXISTS) and driver errors.
    """
    if not read_cipher_version(driver):
        raise Unreadable(Reason.NO_CIPHER)
    if create:
        create_file(path)
    elif path.stat().st_size < PAGE_SIZE:  # an empty file would open, with any key, as a new store
        raise Unreadable(Reason.DAMAGED)
    con = connect(path, key, driver)
    try:
        set_pragmas(con)
        migrate(con)
        forbid_leaks(con)
    except BaseException:
        con.close()
        raise
    return con


def create_file(path: Path) -> None:
    """Make the file first: SQLite then gives its mode to those beside it. Raises NotAllowed(VAULT_EXISTS)."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise NotAllowed(Reason.VAULT_EXISTS) from None


def connect(path: Path, key: Secret, driver: Driver) -> DriverConnection:
    """A connection that ``key`` opens, not yet set as decided; an empty file takes the key for its own."""
    with make_key_text(key) as text:
        uri = path.absolute().as_uri() + "?mode=rw"
        con = driver.connect(uri, uri=True, isolation_level=None, cached_statements=_STATEMENTS)
        try:
            con.execute("PRAGMA cipher_log_level = NONE")
            con.set_key(text.view())
            con.execute("SELECT count(*) FROM sqlite_master").fetchone()  # SQLCipher drops its own key text here
        except BaseException:
            con.close()
            raise
    return con


def set_pragmas(con: DriverConnection) -> None:
    """Set a connection as decided. Raises Unreadable(NO_CIPHER) where it would write plaintext to the disk."""
    for pragma in _PRAGMAS:
        con.execute("PRAGMA " + pragma)
    if con.execute("PRAGMA temp_store").fetchone()[0] == 1:
        raise Unreadable(Reason.NO_CIPHER)


def forbid_leaks(con: DriverConnection) -> None:
    """Refuse from now on every statement that would write plaintext to the disk or keep the text of a key."""
    con.set_authorizer(_judge)


def make_key_text(key: Secret) -> Secret:
    """A key of 32 bytes in the words of SQLCipher. ValueError for another size: it would be taken for a passphrase."""
    if len(key) != KEY_SIZE:
        raise ValueError("the key of the store has 32 bytes")
    text = Secret(bytearray(2 * KEY_SIZE + 3))
    spec = text.view()
    spec[:2], spec[-1:] = b"x'", b"'"
    for place, byte in enumerate(key.view()):  # bytes.hex and format leave copies that cannot be wiped
        spec[2 * place + 2] = _HEX[byte >> 4]
        spec[2 * place + 3] = _HEX[byte & 15]
    return text


def _judge(action: int, subject: str | None, value: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == SQLITE_PRAGMA and value is not None and (subject or "").lower() in _FORBIDDEN_PRAGMAS:
        return SQLITE_DENY
    return SQLITE_DENY if action == SQLITE_ATTACH else SQLITE_OK
