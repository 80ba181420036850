"""Opening: what is refused, what is left as it was, what is set."""

import hashlib
import random
import sqlite3
import stat
from pathlib import Path
from typing import cast

import pytest

from mes_app.crypto.primitives import make_secret
from mes_app.crypto.secret import Secret
from mes_app.errors import MesError, NotAllowed, Reason, Unreadable
from mes_app.store.database import Connection
from mes_app.store.drivers import SQLCIPHER, SQLITE_OK, Driver, DriverError, read_cipher_version
from mes_app.store.faults import translated_faults
from mes_app.store.integrity import check_integrity
from mes_app.store.openers import PAGE_SIZE, open_connection
from tests.store.samples import PARENT, make_incoming, make_key, open_store, save_page

PLAIN = cast(Driver, sqlite3)


def print_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_refused(path: Path, key: Secret | None = None) -> MesError:
    with pytest.raises(MesError) as refused, translated_faults():
        open_connection(path, key or make_key(), create=False, driver=SQLCIPHER)
    return refused.value


def open_and_check(path: Path) -> None:
    con = open_store(path)
    try:
        check_integrity(con)
    finally:
        con.close()


@pytest.fixture
def path(family_store: Path) -> Path:
    """A closed store of more than two hundred pages."""
    con = open_store(family_store)
    page = [make_incoming(f"d{number}", body=b"x" * 2900) for number in range(250)]
    con.run_change(lambda: save_page(con, PARENT.pid, page))
    con.close()
    return family_store


def test_s2_a_driver_that_does_not_encrypt_is_refused_and_no_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        open_connection(tmp_path / "store.db", make_key(), create=True, driver=PLAIN)
    assert refused.value.reason is Reason.NO_CIPHER
    assert list(tmp_path.iterdir()) == []
    assert read_cipher_version(PLAIN) == ""


def test_s2_the_driver_in_use_encrypts(path: Path) -> None:
    assert read_cipher_version().startswith("4.")
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_s3_one_changed_byte_in_any_of_two_hundred_pages_is_found_told_and_left_alone(path: Path) -> None:
    intact = path.read_bytes()
    chance = random.Random(3)  # noqa: S311 (the same pages at each run)
    for page in [0, *chance.sample(range(1, len(intact) // PAGE_SIZE), 199)]:
        damaged = bytearray(intact)
        damaged[page * PAGE_SIZE + chance.randrange(PAGE_SIZE)] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with pytest.raises(Unreadable) as found, translated_faults():
            open_and_check(path)
        assert found.value.reason in (Reason.DAMAGED, Reason.NOT_A_VAULT)
        assert path.read_bytes() == damaged
        assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_s4_fifty_wrong_keys_leave_the_file_as_it_was(path: Path) -> None:
    before = print_file(path)
    for _ in range(50):
        assert open_refused(path, make_secret()).reason is Reason.NOT_A_VAULT
    assert print_file(path) == before
    open_store(path).close()


def test_s9_every_connection_is_set_as_decided(path: Path) -> None:
    con = open_store(path)
    decided = {
        "temp_store": 0,
        "secure_delete": 1,
        "foreign_keys": 1,
        "cipher_memory_security": "0",
        "journal_mode": "wal",
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -16000,
    }
    assert {name: con.execute(f"PRAGMA {name}").fetchone()[0] for name in decided} == decided
    options = {option for (option,) in con.execute("PRAGMA compile_options")}
    assert "TEMP_STORE=2" in options
    con.close()


def test_a_statement_is_parsed_once_however_many_others_the_app_has(path: Path) -> None:
    con = open_store(path)
    parsed = 0

    def count(*_action: object) -> int:
        nonlocal parsed
        parsed += 1
        return SQLITE_OK

    con.driver_connection.set_authorizer(count)
    for _ in range(2):
        before = parsed
        for number in range(400):
            con.execute(f"SELECT pid, {number} FROM profile").fetchall()  # noqa: S608
    assert parsed == before > 0
    con.close()


@pytest.mark.parametrize(
    "statement", ["PRAGMA temp_store = 1", "PRAGMA TEMP_STORE(FILE)", "PRAGMA key = 'x'", "ATTACH ':memory:' AS other"]
)
def test_s9_what_would_write_plaintext_or_keep_a_key_is_refused(path: Path, statement: str) -> None:
    con = open_store(path)
    with pytest.raises(DriverError, match="not authorized"):
        con.execute(statement)
    con.close()


def test_s11_every_file_of_the_store_is_private(path: Path) -> None:
    con = open_store(path)
    save_page(con, PARENT.pid, [make_incoming("new")])
    modes = {file.suffix: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {".db": 0o600, ".db-wal": 0o600, ".db-shm": 0o600}
    con.close()


def test_a_store_is_never_made_over_another(path: Path) -> None:
    before = print_file(path)
    with pytest.raises(NotAllowed) as refused:
        open_store(path, create=True)
    assert refused.value.reason is Reason.VAULT_EXISTS
    assert print_file(path) == before


def test_a_missing_store_is_not_made_by_opening_it(tmp_path: Path) -> None:
    assert open_refused(tmp_path / "none.db").reason is Reason.NOT_A_VAULT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 16, PAGE_SIZE - 1])
def test_an_emptied_or_cut_store_is_damaged_not_new(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert open_refused(path).reason is Reason.DAMAGED
    assert path.stat().st_size == size


def test_a_store_cut_at_a_page_is_damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:PAGE_SIZE])
    assert open_refused(path).reason is Reason.DAMAGED


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + bytes(8176), b"%PDF-1.7" + b"x" * 8184])
def test_another_kind_of_file_is_not_a_vault(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    assert open_refused(path).reason is Reason.NOT_A_VAULT
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_store_is_not_a_vault(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    assert open_refused(tmp_path / "store.db").reason is Reason.NOT_A_VAULT


def test_a_key_of_another_size_is_never_taken_for_a_passphrase(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_connection(path, Secret(bytearray(31)), create=False, driver=SQLCIPHER)


def test_the_key_given_is_still_the_caller_s_to_wipe(path: Path) -> None:
    key = make_key()
    Connection(open_connection(path, key, create=False, driver=SQLCIPHER)).close()
    assert key.view() == bytes(range(32))
