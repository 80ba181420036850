from pathlib import Path

import pytest

from tests.cli.phone import Phone, make_phone, plain_server


@pytest.fixture
def phone(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Phone:
    return make_phone(tmp_path, capsys, monkeypatch)


@pytest.fixture
def synced(phone: Phone, tmp_path: Path) -> Phone:
    """The mother's and the daughter's records are on the phone; the server is gone."""
    with plain_server(tmp_path) as base:
        connected = phone.run("connect", "--fhir", base, "--patient", "mother", "--patient", "daughter")
        assert connected[0] == 0, connected
        assert phone.run("sync")[0] == 0
    return phone
