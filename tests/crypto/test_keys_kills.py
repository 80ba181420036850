"""A key file whose writer is killed in the middle: it is the old one or the new one, whole, and it opens."""

import signal
import subprocess
import sys
from itertools import count, cycle, islice
from pathlib import Path

import pytest

from mes_app.crypto.keys import KeyFile, read_keys, write_keys
from tests.crypto.key_samples import DATA_KEY, PIN, derive_wrappings, make_keys, open_by_wrapping

REPOSITORY = Path(__file__).parents[2]
SCRIBE = [sys.executable, "-m", "tests.crypto.key_scribe"]
NEW_PIN = "159357"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A key file alone in its folder; the old and the new one are beside it."""
    write_keys(tmp_path / "old.json", make_keys())
    write_keys(tmp_path / "new.json", make_keys(NEW_PIN))
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault" / "keys.json"


def read_and_open(path: Path) -> KeyFile:
    """What is at ``path``, once it opened in every way."""
    keys = read_keys(path)
    pin = {make_keys(): PIN, make_keys(NEW_PIN): NEW_PIN}[keys]
    for kind, wrapping in derive_wrappings(keys, pin).items():
        assert open_by_wrapping(keys, kind, wrapping) == DATA_KEY
    return keys


def check_replaces(path: Path) -> None:
    """What the killed one left behind hinders nobody and is gone afterwards."""
    write_keys(path, make_keys(NEW_PIN))
    assert read_and_open(path) == make_keys(NEW_PIN)
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_killed_at_any_step_of_the_replacement_the_file_is_the_old_one_or_the_new_one(path: Path) -> None:
    steps, found = [], []
    for step in count():
        write_keys(path, make_keys())
        command = [*SCRIBE, str(step), str(path), str(path.parents[1] / "new.json")]
        scribe = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, check=False)
        if scribe.returncode == 0:
            break
        assert scribe.returncode == -signal.SIGKILL
        steps.append(scribe.stdout)
        found.append(read_and_open(path))
        check_replaces(path)
    assert [step for step in steps if step in ("write", "fsync", "replace")] == ["write", "fsync", "replace", "fsync"]
    renamed = steps.index("replace") + 1
    assert found == [make_keys()] * renamed + [make_keys(NEW_PIN)] * (len(steps) - renamed)


@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.soak)])
def test_killed_again_and_again_the_file_is_one_of_the_two(path: Path, rounds: int) -> None:
    drafts = [str(path.parents[1] / name) for name in ("old.json", "new.json")]
    for writings in islice(cycle((1, 12, 3, 31, 7)), rounds):
        with subprocess.Popen([*SCRIBE, str(path), *drafts], cwd=REPOSITORY, stdout=subprocess.PIPE) as scribe:
            assert scribe.stdout
            assert [scribe.stdout.readline() for _ in range(writings)] == [b"written\n"] * writings
            scribe.kill()
        read_and_open(path)
    check_replaces(path)
