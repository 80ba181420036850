"""What the family tells, one server with a witness per module, and a phone in sync with a server that tests spoil."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mes_backend.demo.family import Family, build_family
from mes_backend.seeding import Entry
from tests.cli.phone import Phone, make_phone
from tests.security.canaries import list_contents, list_document_words, list_names, list_words
from tests.security.homes import LETTER, Home, get, run_home
from tests.security.witnesses import Witness, run_witness


@pytest.fixture(scope="session")
def family() -> Family:
    """What was seeded."""
    return build_family(date(2026, 11, 21))


@pytest.fixture(scope="session")
def told_words(family: Family) -> frozenset[str]:
    """Who they are, and what their records and documents tell in words."""
    return frozenset(list_names(family) | list_words(family) | list_document_words(family))


@pytest.fixture(scope="session")
def contents(family: Family) -> set[bytes]:
    """Some bytes of each of their documents."""
    return list_contents(family)


@pytest.fixture(scope="module")
def witness(seeded: tuple[Path, list[Entry]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    with run_witness(*seeded, tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def phone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
    return make_phone(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with run_home(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def synced(home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Phone]:
    """The phone of ``home``; whatever the test does, what it held is still there in the end."""
    phone = home.take(capsys, monkeypatch)
    yield phone
    assert get(phone, "letter")[0] == 0
    assert (home.folder / "letter").read_bytes() == LETTER
    assert len(phone.ask("list", "measures")) >= 2
