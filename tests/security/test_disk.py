"""Nothing of the family, of its secrets and of its keys can be read on the disk, whenever the power goes.

One phone signs in and syncs the whole family; it is killed in the middle of the records, then of the documents.
"""

import base64
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mes_backend.demo.family import Family
from tests.journeys.terminal import MesApp
from tests.security.canaries import list_names, list_words
from tests.security.leaks import find_leaks
from tests.security.phones import PIN, find_keys, run_phone, sign_in
from tests.security.witnesses import Witness

pytestmark = pytest.mark.keyring

KILLED = {"records": "/fhir/Observation", "documents": "/fhir/Binary"}
MOMENTS = (*KILLED, "end")


@dataclass
class Story:
    """What was on the disk at each moment, what the system told of the running process, and the keys of the vault."""

    folder: Path
    keys: list[bytes] = field(default_factory=list)
    told: bytes = b""


@pytest.fixture(scope="module")
def story(witness: Witness, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    told = Story(tmp_path_factory.mktemp("moments"))
    folder = tmp_path_factory.mktemp("phone")
    with run_phone(folder) as phone:
        assert sign_in(phone, witness).code == 0
        told.keys = find_keys(phone)
        for moment, path in KILLED.items():
            told.told += kill_sync(phone, witness, path)
            shutil.copytree(folder, told.folder / moment)
        synced = phone.run("sync", secrets=f"{PIN}\n")
        assert synced.code == 0, synced.err
        shutil.copytree(folder, told.folder / "end")
        yield told


def kill_sync(phone: MesApp, witness: Witness, path: str) -> bytes:
    """Kill a sync while it waits for ``path``; what the system showed of the process before."""
    witness.stop(path)
    with phone.start("sync") as sync:
        assert sync.stdin
        sync.stdin.write(f"{PIN}\n")
        sync.stdin.flush()
        assert witness.stopped.wait(60)
        told = read_process(sync.pid)
        sync.kill()
    witness.go_on.set()
    return told


def read_process(pid: int) -> bytes:
    """Arguments and environment of a process, as far as the system lets another program look."""
    told = b""
    for name in ("cmdline", "environ"):
        try:
            told += Path(f"/proc/{pid}/{name}").read_bytes()
        except (PermissionError, FileNotFoundError):
            continue
    return told


def test_the_story_left_what_is_to_be_searched(story: Story) -> None:
    for moment in MOMENTS:
        files = {path.name for path in (story.folder / moment).rglob("*")}
        assert {"keys.json", "vault.db"} <= files
    assert "vault.db-wal" in {path.name for path in (story.folder / "records").rglob("*")}
    assert len(list((story.folder / "end" / "data" / "vault" / "documents").iterdir())) > 60


@pytest.mark.parametrize("moment", MOMENTS)
def test_s1_no_name_and_no_word_of_the_family_is_on_the_disk(
    story: Story, told_words: frozenset[str], contents: set[bytes], moment: str
) -> None:
    assert len(told_words) > 300
    assert find_leaks(story.folder / moment, told_words, contents) == {}


def test_s1_the_same_search_finds_what_the_server_keeps_in_clear(
    family: Family, contents: set[bytes], seeded: tuple[Path, object]
) -> None:
    words = list_names(family) | list_words(family)
    found = find_leaks(seeded[0], words, contents)
    assert words - set(found) == set()
    assert {one.hex() for one in contents} <= set(found)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("form", ["clear", "hex", "base64"])
def test_s1_the_same_search_finds_every_form(tmp_path: Path, coding: str, form: str) -> None:
    for shift in range(3):
        said = ("x" * shift + "Lévothyroxine, matin").encode(coding)
        written = {"clear": said, "hex": said.hex().encode(), "base64": base64.b64encode(said)}[form]
        (tmp_path / "noise").write_bytes(b"\x80\xff" + written + b"\xfe")
        assert find_leaks(tmp_path, ["Lévothyroxine"]) == {"Lévothyroxine": ["noise"]}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a2_password_code_and_pin_are_nowhere_on_the_disk(story: Story, witness: Witness, moment: str) -> None:
    assert len(witness.typed()) == 2
    assert find_leaks(story.folder / moment, witness.typed() | {PIN}) == {}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a5_no_token_is_on_the_disk(story: Story, witness: Witness, moment: str) -> None:
    assert {"authorization", "refresh_token", "auth_session", "authorization_code", "code_verifier"} <= set(
        witness.secrets
    )
    assert find_leaks(story.folder / moment, witness.tokens()) == {}


@pytest.mark.parametrize("moment", MOMENTS)
def test_s5_neither_the_data_key_nor_the_device_secret_is_on_the_disk(story: Story, moment: str) -> None:
    assert {len(key) for key in story.keys} == {32}
    assert find_leaks(story.folder / moment, raw=story.keys) == {}


def test_s5_no_key_and_no_secret_is_among_arguments_and_environment(
    story: Story, witness: Witness, tmp_path: Path
) -> None:
    assert b"sync" in story.told
    (tmp_path / "process").write_bytes(story.told)
    assert find_leaks(tmp_path, {*witness.typed(), *witness.tokens(), PIN}, story.keys) == {}


@pytest.mark.parametrize("moment", MOMENTS)
def test_s11_all_that_was_written_is_for_its_owner_only(story: Story, moment: str) -> None:
    data = story.folder / moment / "data"
    paths = [path for place in ("data", "temporary", "home") for path in (story.folder / moment / place).rglob("*")]
    modes = {path: (path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in paths}
    assert data / "vault" / "vault.db" in modes
    assert {path.name: mode for path, mode in modes.items() if mode not in ((True, 0o700), (False, 0o600))} == {}
