"""What holds for every test: generated cases are the same in every run, and no case is judged by its time."""

import pytest
from hypothesis import settings

settings.register_profile("test", deadline=None, derandomize=True, database=None)
settings.load_profile("test")

LONG = ("security", "simulation", "services", "journeys", "cli", "sync")
"""Folders of long tests, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, so that no worker is left alone with one in the end."""
    items.sort(key=lambda item: next((rank for rank, name in enumerate(LONG) if name in item.path.parts), len(LONG)))
