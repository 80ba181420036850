"""The family seeded once, and one server with a witness per module."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mes_backend.demo.family import Family, build_family
from mes_backend.seeding import Entry
from tests.security.witnesses import Witness, run_witness
from tests.sync.backends import seed


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    folder = tmp_path_factory.mktemp("seeded")
    return folder, seed(folder)


@pytest.fixture(scope="session")
def family() -> Family:
    """What was seeded."""
    return build_family(date(2026, 11, 21))


@pytest.fixture(scope="module")
def witness(seeded: tuple[Path, list[Entry]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    with run_witness(*seeded, tmp_path_factory.mktemp("server")) as running:
        yield running
