"""Backups of a real vault: what comes back, what does not, and what a bad file does, which is nothing."""

import asyncio
import gc
import json
import logging
import os
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from mes_app.crypto.backup_files import seal_backup
from mes_app.crypto.costs import FLOOR
from mes_app.crypto.primitives import make_secret
from mes_app.domain.servers import ServerAccount
from mes_app.errors import Locked, MesError, Reason, Rejected, Unreadable
from mes_app.services.backups import Backups
from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.vault_files import VaultFiles
from mes_app.store.database import Connection
from mes_app.store.records import get_record
from mes_app.sync.accounts import read_account
from tests.security.leaks import find_leaks
from tests.services.backup_stories import (
    ACCOUNT,
    CANARY,
    PASSPHRASE,
    TOKENS,
    back_up,
    dump,
    ignore,
    make_backups,
    make_vault,
    opened,
    restore,
)
from tests.store.samples import make_key

MEBIBYTE = 1024 * 1024
EMPTIED = dict.fromkeys(("refresh_token", "dpop_key", "bearer", "auth_session"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a vault of 200 documents, closed, and ``backup``, made of it once."""
    root = tmp_path_factory.mktemp("source")
    asyncio.run(make_vault(root, 200))
    asyncio.run(back_up(root, root / "backup"))
    return root


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A data folder of one's own with a vault of two documents."""
    (root := tmp_path / "small").mkdir(mode=0o700)
    asyncio.run(make_vault(root, 2))
    return root


def list_temporaries(root: Path) -> list[Path]:
    return list((root / "tmp").glob("*"))


def refusal(path: Path, root: Path, passphrase: str = PASSPHRASE) -> Reason:
    """Why a backup is refused; it is as it was then, and nothing came of it."""
    before = path.read_bytes()
    with pytest.raises(MesError) as caught:
        asyncio.run(restore(path, root, passphrase))
    assert path.read_bytes() == before
    assert [name for name in root.iterdir() if name != path] == []
    return caught.value.reason


def test_a_backup_brings_back_everything_on_another_machine(source: Path, tmp_path: Path) -> None:
    async def story() -> None:
        files, key = await restore(source / "backup", tmp_path)
        with key:
            restored = await dump(files, key)
        assert restored == await dump(VaultFiles(source / "vault"))
        assert len(restored["contents"]) == 200
        assert [len(restored[table]) for table in ("res", "outbox", "conflict")] == [200, 1, 1]
        assert json.loads(files.settings.read_text()) == {"theme": "dark"}
        assert {path.stat().st_mode & 0o777 for path in files.folder.rglob("*") if path.is_file()} == {0o600}

    asyncio.run(story())


def test_a5_a_restored_vault_knows_its_server_and_signs_in_again(source: Path, tmp_path: Path) -> None:
    async def story() -> ServerAccount | None:
        files, key = await restore(source / "backup", tmp_path)
        with key:
            async with opened(files, key) as (database, _):
                return await database.read(read_account)

    assert asyncio.run(story()) == ACCOUNT.model_copy(update=EMPTIED)


def test_a5_no_token_is_in_a_backup_even_for_who_opens_it(source: Path, tmp_path: Path) -> None:
    """Not in a row, nor in the pages of the database that hold no row any more."""
    files, key = asyncio.run(restore(source / "backup", tmp_path))
    with key:
        pages = decrypt_pages(files.database, bytes(key.view()))
    assert CANARY.encode() in pages
    assert ACCOUNT.user.encode() in pages
    assert [token for token in TOKENS if token.encode() in pages] == []
    original = decrypt_pages(source / "vault" / "vault.db", bytes(make_key().view()))
    assert [token for token in TOKENS if token.encode() not in original] == []


def decrypt_pages(path: Path, key: bytes) -> bytes:
    """All pages of an SQLCipher 4 file (4096 bytes, of which IV and HMAC take the last 80), deleted rows included."""
    plain = b""
    content = path.read_bytes()
    for start in range(0, len(content), 4096):
        page = content[start : start + 4096]
        sealed, iv = page[16 if start == 0 else 0 : -80], page[-80:-64]
        plain += Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor().update(sealed)
    return plain


def test_s1_nothing_can_be_read_in_the_backup_nor_beside_it_while_it_is_written(small: Path) -> None:
    seen: list[tuple[int, int]] = []
    leaks: list[dict[str, list[str]]] = []

    def look(done: int, total: int) -> None:
        if not seen:
            leaks.append(find_leaks(small / "tmp", [CANARY, *TOKENS], [bytes(make_key().view())]))
            (folder,) = (path for path in list_temporaries(small) if path.is_dir())
            assert folder.stat().st_mode & 0o777 == 0o700
            assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]
        seen.append((done, total))

    async def story() -> None:
        async with opened(VaultFiles(small / "vault")) as (database, blobs):
            await make_backups(small, database, blobs).write(small / "backup", PASSPHRASE, look)

    asyncio.run(story())
    leaks.append(find_leaks(small, [CANARY, *TOKENS, PASSPHRASE], [bytes(make_key().view())]))
    assert leaks == [{}, {}]
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]


def test_s11_a_backup_is_private_and_leaves_no_temporary_file(small: Path) -> None:
    asyncio.run(back_up(small, small / "backup"))
    assert (small / "backup").stat().st_mode & 0o777 == 0o600
    assert list_temporaries(small) == []
    assert not list(small.glob("backup*.tmp"))


def test_l4_a_backup_asks_for_the_owner_first(small: Path) -> None:
    async def story() -> None:
        async with opened(VaultFiles(small / "vault")) as (database, blobs):
            stale = Freshness(Clock(uptime=lambda: 0.0, wall=lambda: 0.0))
            with pytest.raises(Locked) as caught:
                await Backups(database, blobs, small / "settings.json", stale).write(small / "b", PASSPHRASE, ignore)
            assert caught.value.reason is Reason.CONFIRM_SECRET

    asyncio.run(story())
    assert not (small / "b").exists()


@pytest.mark.parametrize(
    ("name", "passphrase", "field", "reason"),
    [
        ("backup", "trop court", "passphrase", Reason.TOO_SHORT),
        ("backup", "aaaaaaaaaaaaaaa", "passphrase", Reason.TOO_SIMPLE),
        ("missing/backup", PASSPHRASE, "path", Reason.NOT_WRITABLE),
        ("vault", PASSPHRASE, "path", Reason.NOT_WRITABLE),
    ],
)
def test_a_weak_passphrase_or_a_place_without_way_in_is_refused_first(
    small: Path, name: str, passphrase: str, field: str, reason: Reason
) -> None:
    async def story() -> None:
        async with opened(VaultFiles(small / "vault")) as (database, blobs):
            with pytest.raises(Rejected) as caught:
                await make_backups(small, database, blobs).write(small / name, passphrase, ignore)
            assert (caught.value.field, caught.value.reason) == (field, reason)

    asyncio.run(story())


def find_document(con: Connection) -> str:
    (record_id,) = con.execute("SELECT lid FROM blob ORDER BY lid LIMIT 1").fetchone()
    return str(record_id)


def test_a_vault_is_read_and_changed_while_it_is_backed_up(small: Path, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(VaultFiles(small / "vault")) as (database, blobs):
            record_id = await database.read(find_document)
            backups = make_backups(small, database, blobs)
            writing = asyncio.create_task(backups.write(tmp_path / "backup", PASSPHRASE, ignore))
            before = await blobs.read(record_id)
            await blobs.save(record_id, b"a newer content")
            assert (await database.read(get_record, record_id)).row.id == record_id
            await writing
        files, key = await restore(tmp_path / "backup", tmp_path)
        async with opened(files, key) as (database, blobs):
            assert await blobs.read(record_id) in (before, b"a newer content")

    asyncio.run(story())


def test_a_content_lost_before_does_not_keep_the_rest_from_being_backed_up(small: Path, tmp_path: Path) -> None:
    next((small / "vault" / "documents").iterdir()).unlink()
    (small / "settings.json").unlink()
    asyncio.run(back_up(small, tmp_path / "backup"))
    (target := tmp_path / "target").mkdir()
    files, key = asyncio.run(restore(tmp_path / "backup", target))
    key.wipe()
    assert len(list(files.contents.iterdir())) == 1
    assert not files.settings.exists()


def test_a_full_disk_is_named_and_leaves_what_was_there(small: Path) -> None:
    """Linux offers a device that is always full."""
    (small / "backup").write_bytes(b"the last one")
    (small / "backup.tmp").symlink_to("/dev/full")
    with pytest.raises(Unreadable) as caught:
        asyncio.run(back_up(small, small / "backup"))
    assert caught.value.reason is Reason.DISK_FULL
    assert (small / "backup").read_bytes() == b"the last one"
    assert list_temporaries(small) == []


Cancel = Callable[[Backups, "asyncio.Task[None]"], object]


def cancel_a_backup(root: Path, cancel: Cancel, *, begun: bool) -> None:
    """Begin a backup at ``root`` / "backup" and cancel it, at once or once both documents are in.

    Then comes the file of the settings: a pipe, at which the writing waits until this has cancelled it.
    """
    pipe = root / "settings.json"
    pipe.unlink()
    os.mkfifo(pipe)

    async def story() -> None:
        async with opened(VaultFiles(root / "vault")) as (database, blobs):
            backups, told = make_backups(root, database, blobs), asyncio.Semaphore(0)
            writing = asyncio.create_task(backups.write(root / "backup", PASSPHRASE, lambda *_: told.release()))
            for _ in range(2 if begun else 0):
                await told.acquire()
            await asyncio.sleep(0)
            cancel(backups, writing)
            if begun:
                for _ in range(5):  # the word goes from task to task
                    await asyncio.sleep(0)
                await asyncio.to_thread(pipe.write_bytes, b"")
            with pytest.raises(asyncio.CancelledError):
                await writing
            assert list_temporaries(root) == []
            assert not blobs._writing.locked()

    asyncio.run(story())


@pytest.mark.parametrize("begun", [False, True])
def test_a_cancelled_backup_leaves_nothing_but_what_was_there(
    small: Path, caplog: pytest.LogCaptureFixture, *, begun: bool
) -> None:
    (small / "backup").write_bytes(b"the last one")
    with caplog.at_level(logging.DEBUG, "asyncio"):
        cancel_a_backup(small, lambda _, writing: writing.cancel(), begun=begun)
        gc.collect()
    assert (small / "backup").read_bytes() == b"the last one"
    assert not list(small.glob("backup*.tmp"))
    assert "never retrieved" not in caplog.text


def test_a_backup_ends_when_the_vault_is_locked(small: Path) -> None:
    locking: list[asyncio.Task[None]] = []

    def lock(backups: Backups, _writing: "asyncio.Task[None]") -> None:
        locking.append(asyncio.create_task(backups.cancel()))

    cancel_a_backup(small, lock, begun=True)
    assert locking[0].done()
    assert not (small / "backup").exists()


def bad_files(whole: bytes) -> Iterator[tuple[str, bytes, Reason]]:
    """Files that are not backups of ours any more, and what must be said of each."""
    middle = len(whole) // 2
    yield "cut", whole[:middle], Reason.TRUNCATED
    yield "cut by one byte", whole[:-1], Reason.TRUNCATED
    yield "empty", b"", Reason.TRUNCATED
    yield "altered", whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], Reason.DAMAGED
    yield "altered at its end", whole[:-1] + bytes([whole[-1] ^ 128]), Reason.DAMAGED
    yield "altered header", whole[:20] + bytes([whole[20] ^ 1]) + whole[21:], Reason.DAMAGED
    yield "longer", whole + b"x", Reason.DAMAGED
    yield "newer", whole[:7] + b"\x02" + whole[8:], Reason.NEWER_VERSION
    yield "foreign", b"%PDF-1.7 and so on" * 100, Reason.NOT_A_BACKUP


def test_s3_bad_files_are_told_apart_and_harm_nothing(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    for name, content, reason in bad_files((source / "backup").read_bytes()):
        path.write_bytes(content)
        assert (name, refusal(path, tmp_path)) == (name, reason)


def test_s4_a_wrong_passphrase_is_told_and_harms_nothing(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "backup"
    path.write_bytes((source / "backup").read_bytes())
    assert refusal(path, tmp_path, PASSPHRASE.upper()) is Reason.WRONG_PASSPHRASE


def test_what_an_impostor_sealed_with_the_right_passphrase_is_refused(tmp_path: Path) -> None:
    listed = b'[{"name": "vault.db", "size": 1}, {"name": "documents/../../settings.json", "size": 1}]'
    with make_secret() as key:
        seal_backup(tmp_path / "backup", key, PASSPHRASE, [len(listed).to_bytes(4, "big") + listed + b"ab"], cost=FLOOR)
    assert refusal(tmp_path / "backup", tmp_path) is Reason.DAMAGED


def test_a_large_vault_is_backed_up_and_restored_in_constant_memory(tmp_path: Path) -> None:
    (root := tmp_path / "root").mkdir()
    asyncio.run(make_vault(root, 5, bytes(25 * MEBIBYTE)))
    gc.collect()
    tracemalloc.start()
    try:
        asyncio.run(back_up(root, tmp_path / "backup"))
        _, written = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        files, key = asyncio.run(restore(tmp_path / "backup", tmp_path))
        _, restored = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    key.wipe()
    assert sum(path.stat().st_size for path in files.contents.iterdir()) > 125 * MEBIBYTE
    print(f"\npeaks: {written / MEBIBYTE:.1f} MiB to write, {restored / MEBIBYTE:.1f} MiB to restore")
    assert max(written, restored) < 6 * MEBIBYTE
