import copy
import pickle

import pytest

from mes_app.crypto.secret import Secret


def test_a_secret_never_shows_its_bytes() -> None:
    secret = Secret(bytearray(b"canary-canary"))
    assert repr(secret) == str(secret) == f"{secret}" == "Secret(13 bytes)"


def test_s13_wiping_zeroes_the_bytes_in_place() -> None:
    value = bytearray(b"canary")
    secret = Secret(value)
    secret.wipe()
    secret.wipe()
    assert value == bytes(6)


def test_a_wiped_secret_is_of_no_use() -> None:
    with Secret(bytearray(b"canary")) as secret:
        assert secret.view() == b"canary"
    with pytest.raises(ValueError, match="wiped"):
        secret.view()


def test_an_empty_secret_is_not_a_wiped_one() -> None:
    assert Secret(bytearray()).view() == b""


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_secret_is_neither_copied_nor_pickled(duplicate: object) -> None:
    assert callable(duplicate)
    with pytest.raises(TypeError):
        duplicate(Secret(bytearray(b"canary")))
