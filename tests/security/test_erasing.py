"""An erasing that is killed at any step: the vault is whole, or nothing opens it and the next start ends it."""

import subprocess
import sys
from itertools import count
from pathlib import Path

from mes_app.crypto.keys import new_key_file, write_keys
from mes_app.services.vault_files import VaultFiles, check_files, tidy_vault

ROOT = Path(__file__).parents[2]
ERASER = """
import os, signal, sys
from itertools import count
from pathlib import Path
from mes_app.services.vault_files import VaultFiles

changes, steps = ("open", "os.rename", "os.remove", "os.rmdir"), count()

def watch(event, facts):
    if event in changes and next(steps) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
VaultFiles(Path(sys.argv[1])).erase()
"""


def make_files(root: Path) -> VaultFiles:
    """A vault of which only the form matters here."""
    files = VaultFiles(root / "vault")
    files.contents.mkdir(parents=True)
    for number in range(3):
        (files.contents / str(number)).write_bytes(b"sealed")
    files.database.write_bytes(b"s" * 4096)
    files.emergency.write_bytes(b"sealed")
    write_keys(files.keys, new_key_file("db-1", b"s" * 16))
    return files


def erase_until(files: VaultFiles, step: int) -> int:
    """How the process that erases ended, killed before its change number ``step``."""
    command = [sys.executable, "-c", ERASER, str(files.folder), str(step)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode


def test_s14_killed_at_any_step_an_erasing_leaves_all_or_nothing_readable_and_the_next_start_ends_it(
    tmp_path: Path,
) -> None:
    kept = []
    for step in count():
        files = make_files(tmp_path / str(step))
        if erase_until(files, step) == 0:
            break
        kept.append(files.keys.exists())
        whole = files.folder.exists() and not files.is_doomed()
        assert not whole or check_files(files)
        tidy_vault(files.folder.parent)
        assert {path.name for path in files.folder.parent.iterdir()} - {"vault.lock"} == ({"vault"} if whole else set())
    assert len(kept) > 8
    assert kept == sorted(kept, reverse=True), "once the keys are gone they stay gone"
    assert kept[0]
    assert not kept[-1]
    assert not files.folder.exists()
