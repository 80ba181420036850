import asyncio
from pathlib import Path

import pytest

from mes_app.crypto.keys import new_key_file, write_keys
from mes_app.errors import Reason, Unreadable
from mes_app.services.vault_files import VaultFiles, check_files, drafted, hold_vault, read_salt, tidy_vault


def make_files(folder: Path, name: str = "vault", db_id: str = "db-1") -> VaultFiles:
    """Files that belong together, with a database that is only its first bytes."""
    files = VaultFiles(folder / name)
    files.make_empty()
    files.database.write_bytes(bytes(range(200)))
    write_keys(files.keys, new_key_file(db_id, read_salt(files.database)))
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


def test_a_new_vault_takes_the_place_of_the_former_one_which_goes(tmp_path: Path) -> None:
    place, drafts = make_files(tmp_path), make_files(tmp_path, "vault.new", "db-2")
    drafts.publish(place)
    assert check_files(place).db_id == "db-2"
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_drafts_that_were_not_published_leave_nothing(tmp_path: Path) -> None:
    with drafted(VaultFiles(tmp_path / "vault.new")) as drafts:
        drafts.database.write_bytes(b"half")
    assert list(tmp_path.iterdir()) == []


def test_a_replacement_killed_between_its_two_renames_is_undone_at_the_next_start(tmp_path: Path) -> None:
    place, drafts = make_files(tmp_path), make_files(tmp_path, "vault.new", "db-2")
    place.folder.rename(tmp_path / "vault.old")
    tidy_vault(tmp_path)
    assert check_files(place).db_id == "db-1"
    assert not drafts.folder.exists()


def test_a_replacement_killed_after_its_renames_is_finished_at_the_next_start(tmp_path: Path) -> None:
    place = make_files(tmp_path, db_id="db-2")
    make_files(tmp_path, "vault.old")
    tidy_vault(tmp_path)
    assert check_files(place).db_id == "db-2"
    assert not (tmp_path / "vault.old").exists()


def test_s14_an_erasing_killed_half_way_leaves_nothing_readable_and_is_finished_at_the_next_start(
    tmp_path: Path,
) -> None:
    files = make_files(tmp_path)
    files.emergency.write_bytes(b"sealed")
    files.destroy_keys()
    assert not files.keys.exists()
    assert not files.emergency.exists()
    assert files.database.exists()
    tidy_vault(tmp_path)
    assert not files.folder.exists()


def test_nothing_is_tidied_while_another_program_has_the_vault(tmp_path: Path) -> None:
    async def run() -> None:
        files = make_files(tmp_path)
        files.destroy_keys()
        release = await hold_vault(tmp_path)
        tidy_vault(tmp_path)
        assert files.folder.exists()
        release()
        tidy_vault(tmp_path)
        assert not files.folder.exists()

    asyncio.run(run())


def test_a_first_start_has_nothing_to_tidy_and_makes_no_folder(tmp_path: Path) -> None:
    tidy_vault(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []
