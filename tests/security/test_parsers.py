"""What lies on the disk or comes from elsewhere may be anything: it is read, or refused by an error of ours.

Resources of servers are in tests/fhir, their answers in tests/sync, edits that keep a form in
tests/crypto (keys.json, envelopes of backups).
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mes_app.crypto.keys import read_keys
from mes_app.crypto.recovery_codes import read_recovery_code
from mes_app.crypto.sealed_values import read_value
from mes_app.errors import MesError
from mes_app.fhir.bundles import parse_bundle, parse_resource
from mes_app.services.attempts import Attempts, FileShelf
from mes_app.services.backup_contents import unpack_files
from mes_app.services.backups import unpack_backup
from mes_app.services.clocks import Clock
from mes_app.services.emergency_contents import decode_cards
from mes_app.services.settings import FILE_NAME, Settings
from mes_app.services.unsent import read_tally
from mes_app.services.vault_files import VaultFiles
from tests.store.samples import make_key

Parse = Callable[[Path], object]

QUICK = settings(max_examples=150, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(
    ["v", "slots", "kind", "pin", "kdf", "m", "salt", "wrong", "at", "unsent", "last", "theme", "language", "profile",
     "sections", "entries", "nothing_declared", "name", "size", "vault.db", "documents/../x", "resourceType", "Bundle"]
)  # fmt: skip
ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS
JSON = st.recursive(
    ODD, lambda one: st.lists(one, max_size=4) | st.dictionaries(WORDS | st.text(), one, max_size=5), max_leaves=15
)
ANY = st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode())
HARD = {
    "nothing": b"",
    "half a character": b'"\\ud800"',
    "no text": b"\xff\xfe" * 500,
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep and cut": b"[" * 100_000,
    "deep objects": b'{"v":' * 50_000,
    "a long number": b"1" * 5_000,
    "a great number": b'{"wrong": 1, "at": 1e999, "unsent": 1e308}',
}


def read_count(path: Path) -> object:
    shelf = FileShelf(path.parent)
    return asyncio.run(Attempts(shelf, path.name, Clock(lambda: 9.0, lambda: 9.0)).look())


def read_backup(path: Path) -> object:
    drafts = VaultFiles(path.parent / "drafts")
    drafts.make_empty()
    with asyncio.run(unpack_backup(path, "une phrase de passe", drafts, lambda _done, _total: None)) as key:
        return key


def read_stream(path: Path) -> object:
    """What a backup holds, once its envelope was opened: ``path`` holds the list of its files."""
    drafts = VaultFiles(path.parent / "drafts")
    drafts.make_empty()
    listed = path.read_bytes()
    stream = len(listed).to_bytes(4, "big") + listed + b"x" * 100
    unpack_files(iter([bytearray(stream)]), drafts.folder, lambda _done, _total: None)
    return list(drafts.folder.iterdir())


def read_envelope(path: Path) -> object:
    with make_key() as key:
        return read_value(path, key, b"cards")


PARSERS: dict[str, Parse] = {
    "keys": read_keys,
    "attempts": read_count,
    "backup": read_backup,
    "contents of a backup": read_stream,
    "envelope": read_envelope,
    "cards": lambda path: decode_cards(path.read_bytes()),
    "settings": lambda path: Settings(path.parent).read(),
    "tally": read_tally,
    "recovery code": lambda path: read_recovery_code(path.read_bytes().decode("utf-8", "replace")),
    "page": lambda path: parse_bundle(path.read_bytes()),
    "resource": lambda path: parse_resource(path.read_bytes()),
}


def is_read_or_refused(parse: Parse, path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    with suppress(MesError):
        parse(path)
    assert path.read_bytes() == raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


@pytest.mark.parametrize("parser", PARSERS)
@QUICK
@given(raw=ANY)
def test_c3_whatever_is_there_is_read_or_refused_and_left_alone(path: Path, parser: str, raw: bytes) -> None:
    is_read_or_refused(PARSERS[parser], path, raw)


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("raw", HARD)
def test_c3_what_parsers_choke_on_is_read_or_refused_too(path: Path, parser: str, raw: str) -> None:
    is_read_or_refused(PARSERS[parser], path, HARD[raw])
