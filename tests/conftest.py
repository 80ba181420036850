"""What holds for every test: generated cases are the same in every run, and no case is judged by its time."""

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.stretching import stretch_once

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
