from pathlib import Path

import pytest

from mes_app.cli.files import read_file, write_file
from mes_app.errors import Reason, Rejected


def test_s11_what_a_command_writes_is_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "out"
    write_file(file, b"first, longer")
    write_file(file, b"second")
    assert file.read_bytes() == b"second"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_read_is_said_not_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"bytes")
    assert read_file(tmp_path / "in") == b"bytes"
    for wrong in (tmp_path, tmp_path / "none"):
        with pytest.raises(Rejected) as refused:
            read_file(wrong)
        assert refused.value.reason is Reason.NO_SUCH_FILE
