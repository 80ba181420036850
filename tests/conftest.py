"""What holds for every test: generated cases are the same in every run, and no case is judged by its time."""

import gc
import json
import os
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.stretching import stretch_once

if TYPE_CHECKING:
    from mes_backend.seeding import Entry

settings.register_profile("test", deadline=None, derandomize=True, database=None)
settings.load_profile("test")

LONG = ("security", "simulation", "services", "journeys", "cli", "sync")
"""Folders of long tests, the longest first."""
SHARING = 2
"""How many tests a processor takes on: each waits for a disk or for another process half of its time."""


def pytest_xdist_auto_num_workers() -> int:
    """What ``-n auto`` means."""
    return SHARING * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """Thousands of tests and all they import are there to stay: no need to look through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, so that no worker is left alone with one in the end."""
    items.sort(key=lambda item: next((rank for rank, name in enumerate(LONG) if name in item.path.parts), len(LONG)))


@pytest.fixture(scope="session", autouse=True)
def each_secret_is_stretched_once() -> Iterator[None]:
    with stretch_once({}):
        yield


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> tuple[Path, list["Entry"]]:
    """A folder with nothing but a server's database of the family, to be copied, and its accounts.

    It takes seconds, and so is made once for all processes of a run, in the folder that holds theirs.
    """
    from mes_backend.seeding import Entry
    from tests.sync.backends import seed

    own = tmp_path_factory.getbasetemp()
    place = own if worker_id == "master" else own.parent
    folder, accounts = place / "seeded", place / "accounts.json"
    with FileLock(place / "seeding"):
        if not accounts.exists():
            folder.mkdir()
            accounts.write_text(json.dumps([astuple(entry) for entry in seed(folder)]), "utf-8")
    return folder, [Entry(*entry) for entry in json.loads(accounts.read_text("utf-8"))]
