import asyncio
from pathlib import Path

import pytest

from mes_app.crypto.keys import wrap_data_key, write_keys
from mes_app.crypto.primitives import make_secret
from mes_app.errors import Reason, Unreadable
from mes_app.services.vault_files import VaultFiles, check_files, hold_vault, read_salt


def make_files(folder: Path) -> VaultFiles:
    """Files that belong together, with a database that is only its first bytes."""
    files = VaultFiles(folder / "vault")
    files.make_empty()
    files.database.write_bytes(bytes(range(200)))
    salt = read_salt(files.database)
    write_keys(files.keys, wrap_data_key(make_secret(), "une longue phrase", None, db_id="db-1", db_salt=salt))
    return files


def refusal(files: VaultFiles) -> Reason:
    with pytest.raises(Unreadable) as caught:
        check_files(files)
    return caught.value.reason


def test_files_that_belong_together_are_known_by_the_first_bytes_of_the_database(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    assert check_files(files).db_id == "db-1"
    files.database.write_bytes(b"SQLite format 3\0" * 300)
    assert refusal(files) is Reason.NOT_A_VAULT


def test_a_database_that_is_gone_or_empty_is_damage(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    files.database.write_bytes(b"")
    assert refusal(files) is Reason.DAMAGED
    files.database.unlink()
    assert refusal(files) is Reason.DAMAGED


def test_s11_the_folder_of_a_vault_is_private(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    assert files.folder.stat().st_mode & 0o777 == 0o700


def test_publishing_moves_everything_at_once(tmp_path: Path) -> None:
    drafts, place = make_files(tmp_path), VaultFiles(tmp_path / "published")
    drafts.publish(place)
    assert not drafts.folder.exists()
    assert check_files(place).db_id == "db-1"


def test_s14_erasing_takes_the_keys_first_and_then_the_rest(tmp_path: Path) -> None:
    files = make_files(tmp_path)
    files.erase()
    files.erase()
    assert not files.folder.exists()


def test_a_vault_let_go_can_be_held_again(tmp_path: Path) -> None:
    """How one that is held elsewhere is refused: see test_vault."""

    async def run() -> None:
        for _ in range(2):
            release = await hold_vault(tmp_path / "new" / "folder")
            release()

    asyncio.run(run())
