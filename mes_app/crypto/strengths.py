"""What a person may choose as PIN or passphrase. Pure rules: nothing here keeps, hashes or prints what it is shown."""

import unicodedata
from enum import StrEnum
from itertools import pairwise

from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Rejected

PIN_DIGITS = 6
PASSPHRASE_CHARACTERS = 12
_DISTINCT_DIGITS = 3
_DISTINCT_CHARACTERS = 5


class SecretKind(StrEnum):
    """PIN: digits, beside a device secret in the key store. PASSPHRASE: all there is where no key store exists."""

    PIN = "pin"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a secret


def fold_secret(secret: str) -> str:
    """``secret`` in the one form that is checked and derived from, whatever keyboard wrote it (NFKC)."""
    return unicodedata.normalize("NFKC", secret)


def hold_secret(secret: str) -> Secret:
    """``secret`` folded, as bytes to derive a key from."""
    signs = fold_secret(secret)  # one by one: encoded at once they would stay in memory as a copy we cannot wipe
    return Secret(bytearray().join(sign.encode("utf-8", "surrogatepass") for sign in signs))


def check_strength(kind: SecretKind, secret: str) -> None:
    """Raise Rejected("secret", TOO_SHORT | TOO_SIMPLE | NOT_ACCEPTED) unless ``secret`` may protect a vault."""
    if kind is SecretKind.PIN:
        _check_pin(fold_secret(secret))
    else:
        _check_passphrase(fold_secret(secret))


def _check_pin(pin: str) -> None:
    if not (pin.isascii() and pin.isdigit()):
        raise Rejected("secret", Reason.NOT_ACCEPTED if pin else Reason.TOO_SHORT)
    if len(pin) < PIN_DIGITS:
        raise Rejected("secret", Reason.TOO_SHORT)
    if len(set(pin)) < _DISTINCT_DIGITS or _climbs(pin) or _repeats(pin):
        raise Rejected("secret", Reason.TOO_SIMPLE)


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase) < PASSPHRASE_CHARACTERS:
        raise Rejected("secret", Reason.TOO_SHORT)
    if len(set(passphrase)) < _DISTINCT_CHARACTERS:
        raise Rejected("secret", Reason.TOO_SIMPLE)


def _climbs(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(steps) == 1


def _repeats(pin: str) -> bool:
    return any(pin == (pin[:period] * len(pin))[: len(pin)] for period in range(1, len(pin) // 2 + 1))
