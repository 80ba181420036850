import shutil
from pathlib import Path

import pytest

from tests.cli.phone import Phone, make_phone, plain_server, sync_first


@pytest.fixture
def phone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
    return make_phone(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def first_synced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synced")
    with plain_server(folder) as base:
        return sync_first(folder, base, "mother", "daughter")


@pytest.fixture
def synced(phone: Phone, first_synced: Path) -> Phone:
    """The mother's and the daughter's records are on the phone; the server is gone."""
    shutil.copytree(first_synced, phone.data)
    return phone
