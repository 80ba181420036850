import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.crypto.primitives import make_secret
from mes_app.crypto.sealed_values import LIMIT, read_value, write_value
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

KEY = bytes(range(32))


def key() -> Secret:
    return Secret(bytearray(KEY))


def refusal(path: Path, *, secret: Secret | None = None, context: bytes = b"of this vault") -> Reason:
    with pytest.raises(Unreadable) as caught:
        read_value(path, secret or key(), context)
    return caught.value.reason


def write(folder: Path, value: bytes = b"groupe A+") -> Path:
    path = folder / "value.sealed"
    write_value(path, key(), value, b"of this vault")
    return path


@given(value=st.binary(max_size=5000))
def test_a_value_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, value: bytes) -> None:
    path = write(tmp_path_factory.mktemp("value"), value)
    assert bytes(read_value(path, key(), b"of this vault")) == value


def test_the_same_value_never_looks_the_same_twice_and_never_as_it_is(tmp_path: Path) -> None:
    first = write(tmp_path).read_bytes()
    second = write(tmp_path).read_bytes()
    assert first[9:21] != second[9:21]
    assert first[21:] != second[21:]
    assert b"groupe" not in first + second


def test_every_changed_or_missing_byte_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert refusal(path) in (Reason.DAMAGED, Reason.NEWER_VERSION)
        path.write_bytes(whole[:place])
        assert refusal(path) is Reason.DAMAGED


def test_a_version_that_is_not_known_yet_is_said(tmp_path: Path) -> None:
    path = write(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:8] + b"\x02" + whole[9:])
    assert refusal(path) is Reason.NEWER_VERSION


def test_another_key_another_vault_and_no_file_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert refusal(path, secret=make_secret()) is Reason.DAMAGED
    assert refusal(path, context=b"of another vault") is Reason.DAMAGED
    path.unlink()
    assert refusal(path) is Reason.DAMAGED


def test_s11_the_file_is_private(tmp_path: Path) -> None:
    assert write(tmp_path).stat().st_mode & 0o777 == 0o600


def test_a_file_that_grew_beyond_reason_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path)
    os.truncate(path, LIMIT * 100)
    assert refusal(path) is Reason.DAMAGED
