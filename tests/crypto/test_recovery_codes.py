import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.crypto.recovery_codes import make_recovery_code, read_recovery_code, split_groups
from mes_app.errors import Reason, Rejected

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE = "000G-40R4-0M30-E209-185G-R38E-1XHC"
KEY = bytes(range(16))

keys = st.binary(min_size=16, max_size=16)


def read(text: str) -> bytes:
    with read_recovery_code(text) as key:
        return bytes(key.view())


def write(key: bytes) -> str:
    """The same code by plain arithmetic: the key, its rest by 4093 in 12 bits, all in base 32."""
    number = int.from_bytes(key) << 12 | int.from_bytes(key) % 4093
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(28)))


def refusal(text: str) -> Reason:
    with pytest.raises(Rejected) as caught:
        read_recovery_code(text)
    assert caught.value.field == "recovery"
    return caught.value.reason


def test_a_code_is_seven_groups_of_four_signs_that_cannot_be_mixed_up() -> None:
    code = make_recovery_code()
    assert re.fullmatch("-".join(["[0-9A-HJKMNP-TV-Z]{4}"] * 7), code)
    assert "-".join(split_groups(code)) == code
    assert [len(group) for group in split_groups(code)] == [4] * 7


def test_s8_a_code_is_128_random_bits() -> None:
    """Each bit is now set and now not, in 64 codes: one that never changes has a chance of 2 in 2**64."""
    keys = [int.from_bytes(read(make_recovery_code())) for _ in range(64)]
    ones = [sum(key >> bit & 1 for key in keys) for bit in range(128)]
    assert len(set(keys)) == 64
    assert all(0 < count < 64 for count in ones)


def test_s8_a_code_gives_the_key_that_it_was_made_of() -> None:
    assert write(KEY) == CODE.replace("-", "")
    assert read(CODE) == KEY
    assert write(read(code := make_recovery_code())) == code.replace("-", "")


@given(keys)
def test_s8_every_key_has_a_code(key: bytes) -> None:
    assert read(write(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        CODE.replace("-", "\u2013"),
        CODE.replace("-", " \u2014\n"),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "o").replace("1", "I"),
        f"\ufeff  {CODE}\t\r\n",
        CODE.replace("-", "\u200b\u00ad\u202f\u2011"),
    ],
)
def test_a_code_is_read_however_it_was_copied(text: str) -> None:
    assert read(text) == KEY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.MISSING),
        (" - \n", Reason.MISSING),
        (CODE[:-1], Reason.TOO_SHORT),
        ("0", Reason.TOO_SHORT),
        (CODE + "0", Reason.MISTYPED),
        (CODE * 1000, Reason.MISTYPED),
        (CODE.replace("G", "U"), Reason.MISTYPED),
        (CODE.replace("G", "\u00e9"), Reason.MISTYPED),
        (CODE.replace("G", "\udcff"), Reason.MISTYPED),
        (CODE.replace("-", "/"), Reason.MISTYPED),
        ("Z" * 28, Reason.MISTYPED),
    ],
)
def test_s8_what_is_no_code_is_told_from_the_code_of_another_vault(text: str, reason: Reason) -> None:
    assert refusal(text) is reason


@given(keys, st.integers(0, 27))
def test_one_wrong_sign_is_always_noticed(key: bytes, place: int) -> None:
    code = write(key)
    for sign in set(ALPHABET) - {code[place]}:
        assert refusal(code[:place] + sign + code[place + 1 :]) is Reason.MISTYPED


@given(keys)
def test_two_neighbours_exchanged_are_always_noticed(key: bytes) -> None:
    code = write(key)
    swaps = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(27)}
    assert {refusal(swap) for swap in swaps - {code}} <= {Reason.MISTYPED}
