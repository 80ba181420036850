"""A key file whose writer is killed in the middle: it is the old one or the new one, whole, and it opens."""

import signal
from itertools import count, cycle, islice
from pathlib import Path

import pytest

from mes_app.crypto.keys import KeyFile, read_keys, write_keys
from tests.crypto.key_samples import DATA_KEY, PIN, derive_wrappings, make_keys, open_by_wrapping
from tests.crypto.key_scribe import die_at, replace_forever
from tests.forks import forked

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
        with forked(die_at, step, path, path.parents[1] / "new.json") as scribe:
            said = list(scribe.hear())
            if scribe.wait() == 0:
                break
            assert scribe.wait() == -signal.SIGKILL
        steps += said
        found.append(read_and_open(path))
        check_replaces(path)
    assert [step for step in steps if step in ("write", "fsync", "replace")] == ["write", "fsync", "replace", "fsync"]
    renamed = steps.index("replace") + 1
    assert found == [make_keys()] * renamed + [make_keys(NEW_PIN)] * (len(steps) - renamed)


@pytest.mark.parametrize("rounds", [25, pytest.param(200, marks=pytest.mark.soak)])
def test_killed_again_and_again_the_file_is_one_of_the_two(path: Path, rounds: int) -> None:
    drafts = [path.parents[1] / name for name in ("old.json", "new.json")]
    for writings in islice(cycle((1, 12, 3, 31, 7)), rounds):
        with forked(replace_forever, path, *drafts) as scribe:
            assert list(islice(scribe.hear(), writings)) == ["written"] * writings
        read_and_open(path)
    check_replaces(path)
