"""The recovery code: the key that a person keeps on paper. Nothing here stores, hashes or prints one.

28 characters in 7 groups of 4, in the base32 of Crockford, which has no I, L, O or U. 128 random bits: nobody guesses
them, so they need no stretching. Then 12 bits of check, which tell a slip of the pen from the code of another vault.
"""

import unicodedata
from functools import reduce

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Rejected

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = {"O": 0, "I": 1, "L": 1}
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)} | _LOOKALIKES
_SEPARATORS = ("Zs", "Cc", "Cf", "Pd")  # the Unicode categories of spaces, line ends, invisible marks and dashes
_SIGNS = 28
_GROUP = 4
_KEY_SIZE = 16
_CHECK_PRIME = 4093  # the largest below 2**12: of one wrong character or two exchanged neighbours it misses none


def make_recovery_code() -> str:
    """A new code as it is shown: groups joined by "-"."""
    with primitives.make_secret(_KEY_SIZE) as key, Secret(bytearray(_KEY_SIZE + 2)) as packed:
        packed.view()[:_KEY_SIZE] = key.view()
        packed.view()[_KEY_SIZE:] = _derive_check(key)
        signs = "".join(_ALPHABET[_read_sign(packed, index)] for index in range(_SIGNS))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))


def split_groups(code: str) -> tuple[str, ...]:
    """The groups of a code that ``make_recovery_code`` made."""
    return tuple(code.split("-"))


def read_recovery_code(text: str) -> Secret:
    """The 16 bytes of a code as a person types it: in any case, with any spaces and dashes, O for 0, I or L for 1.

    Raises Rejected("recovery", MISSING | TOO_SHORT), or MISTYPED for what was never anybody's code.
    """
    values = [_VALUES.get(sign.upper()) for sign in text if unicodedata.category(sign) not in _SEPARATORS]
    if len(values) < _SIGNS:
        raise Rejected("recovery", Reason.TOO_SHORT if values else Reason.MISSING)
    with Secret(bytearray(_KEY_SIZE + 2)) as packed:
        for index, value in enumerate(values):
            if value is None or index >= _SIGNS:
                raise Rejected("recovery", Reason.MISTYPED)
            _write_sign(packed, index, value)
        key = Secret(packed.view()[:_KEY_SIZE])
        if packed.view()[_KEY_SIZE:] != _derive_check(key):
            key.wipe()
            raise Rejected("recovery", Reason.MISTYPED)
    return key


def _derive_check(key: Secret) -> bytes:
    """The 12 bits at the end of the code and 4 that are zero."""
    check = reduce(lambda rest, byte: (rest * 256 + byte) % _CHECK_PRIME, key.view(), 0)
    return (check << 4).to_bytes(2, "big")


def _read_sign(packed: Secret, index: int) -> int:
    byte, offset = divmod(5 * index, 8)
    high, low = packed.view()[byte : byte + 2]
    return (high << 8 | low) >> (11 - offset) & 31


def _write_sign(packed: Secret, index: int, value: int) -> None:
    byte, offset = divmod(5 * index, 8)
    high, low = divmod(value << (11 - offset), 256)
    packed.view()[byte] |= high
    packed.view()[byte + 1] |= low
