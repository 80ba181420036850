"""Every test of a query runs on a real SQLCipher file of its own: a copy of one made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mes_app.store.database import Connection
from tests.store.samples import ME, make_family_store, make_version, open_store, save_one


@pytest.fixture(scope="session")
def first_family_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("family") / "store.db"
    make_family_store(path).close()
    return path


@pytest.fixture
def family_store(first_family_store: Path, tmp_path: Path) -> Path:
    """A closed store that knows a parent and a child."""
    return Path(shutil.copy(first_family_store, tmp_path / "store.db"))


@pytest.fixture
def con(family_store: Path) -> Iterator[Connection]:
    opened = open_store(family_store)
    yield opened
    opened.close()


@pytest.fixture
def known(con: Connection) -> str:
    """A record that the server has."""
    return save_one(con, ME, make_version("1", "Avant"))
