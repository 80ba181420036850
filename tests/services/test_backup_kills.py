"""A process killed while it writes a backup, or while it restores one: nothing is lost, nothing is there by halves."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import pytest

from mes_app.crypto.backup_files import open_backup, unwrap_backup_key
from mes_app.services.temporaries import sweep_temporaries
from mes_app.services.vault_files import VaultFiles
from mes_app.store.integrity import check_integrity
from tests.forks import forked
from tests.security.leaks import find_leaks
from tests.services.backup_scribe import restore, write
from tests.services.backup_stories import CANARY, PASSPHRASE, TOKENS, back_up, dump, make_vault, opened
from tests.store.samples import make_key

ROUNDS = pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.soak)])
SECRETS = [CANARY, *TOKENS, PASSPHRASE]
STEPS = (1, 2, 5, 11, 20, 29, 1000)
"""Steps to wait for before the kill: before the copy, after it, at the middle, near the end, and never."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data folder with a vault of many chunks and a backup of it."""
    asyncio.run(make_vault(tmp_path, 30, CANARY.encode() * 3_000))
    asyncio.run(back_up(tmp_path, tmp_path / "backup"))
    return tmp_path


def run_and_kill(act: Callable[..., None], root: Path, steps: int) -> None:
    with forked(act, root) as scribe:
        list(islice(scribe.hear(), steps))


def hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_whole(path: Path) -> Iterator[bytearray]:
    """All chunks of a backup; raises unless it is whole."""
    with unwrap_backup_key(path, PASSPHRASE) as key:
        yield from open_backup(path, key)


async def check_source(root: Path) -> None:
    async with opened(VaultFiles(root / "vault")) as (database, _):
        await database.read(check_integrity)


@ROUNDS
def test_s1_killed_again_and_again_while_writing_the_backup_is_the_old_or_a_new_one(root: Path, rounds: int) -> None:
    before = asyncio.run(dump(VaultFiles(root / "vault")))
    hashes = {hash_file(root / "backup")}
    for steps in islice(cycle(STEPS), rounds):
        run_and_kill(write, root, steps)
        assert find_leaks(root / "tmp", SECRETS, [bytes(make_key().view())]) == {}
        if hash_file(root / "backup") not in hashes:
            assert sum(map(len, read_whole(root / "backup"))) > 1_500_000
            hashes.add(hash_file(root / "backup"))
        asyncio.run(check_source(root))
        sweep_temporaries(root)
        assert list((root / "tmp").iterdir()) == []
    assert find_leaks(root, SECRETS, [bytes(make_key().view())]) == {}
    assert asyncio.run(dump(VaultFiles(root / "vault"))) == before
    assert 1 < len(hashes) < rounds


@ROUNDS
def test_killed_again_and_again_while_restoring_the_vault_is_whole_or_absent(root: Path, rounds: int) -> None:
    before, backup = asyncio.run(dump(VaultFiles(root / "vault"))), hash_file(root / "backup")
    restored, drafts = VaultFiles(root / "restored"), VaultFiles(root / "restored.new")
    whole = 0
    with unwrap_backup_key(root / "backup", PASSPHRASE) as key:
        for steps in islice(cycle(STEPS), rounds):
            run_and_kill(restore, root, steps)
            assert hash_file(root / "backup") == backup
            assert find_leaks(drafts.folder, SECRETS) == {}
            if restored.folder.exists():
                assert asyncio.run(dump(restored, key)) == before
                restored.erase()
                whole += 1
            drafts.erase()
        asyncio.run(check_source(root))
    assert 0 < whole < rounds
