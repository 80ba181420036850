"""The real backend, filled once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_backend.seeding import Entry
from tests.sync.backends import Backend, run_backend


@pytest.fixture
def backend(seeded: tuple[Path, list[Entry]], tmp_path: Path) -> Iterator[Backend]:
    with run_backend(*seeded, tmp_path) as running:
        yield running
