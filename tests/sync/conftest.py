"""The real backend, filled once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_backend.seeding import Entry
from tests.sync.backends import Backend, run_backend, seed


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    folder = tmp_path_factory.mktemp("seeded")
    return folder, seed(folder)


@pytest.fixture
def backend(seeded: tuple[Path, list[Entry]], tmp_path: Path) -> Iterator[Backend]:
    with run_backend(*seeded, tmp_path) as running:
        yield running
