import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.device.key_texts import read_key, write_key
from mes_app.errors import Reason, Unreadable


@given(st.binary(max_size=64))
def test_a_key_comes_back_as_it_was(value: bytes) -> None:
    assert read_key(write_key(value)) == value


def test_where_there_is_nothing_there_is_no_key() -> None:
    assert read_key(None) is None


@pytest.mark.parametrize("text", ["not base64 é", "abc", True, False, b"AAAA", 7])
def test_s7_what_is_not_ours_is_said_to_be_lost(text: object) -> None:
    with pytest.raises(Unreadable) as refused:
        read_key(text)
    assert refused.value.reason is Reason.KEY_STORE_LOST
