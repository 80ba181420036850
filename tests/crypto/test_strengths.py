import pytest

from mes_app.crypto.strengths import SecretKind, check_strength, fold_secret, hold_secret
from mes_app.errors import Reason, Rejected


def refusal(kind: SecretKind, secret: str) -> Reason:
    with pytest.raises(Rejected) as caught:
        check_strength(kind, secret)
    assert caught.value.field == "secret"
    return caught.value.reason


@pytest.mark.parametrize("pin", ["", "12345", "80427"])
def test_l2_a_pin_below_six_digits_is_too_short(pin: str) -> None:
    assert refusal(SecretKind.PIN, pin) is Reason.TOO_SHORT


@pytest.mark.parametrize(
    "pin", ["000000", "123456", "654321", "890123", "246802", "121212", "123123", "112211", "0000000", "98769876"]
)
def test_l2_a_pin_that_is_guessed_first_is_too_simple(pin: str) -> None:
    assert refusal(SecretKind.PIN, pin) is Reason.TOO_SIMPLE


@pytest.mark.parametrize("pin", ["80427a", "804 271", "-80427", "²80427a", "é80427"])
def test_a_pin_has_digits_only(pin: str) -> None:
    assert refusal(SecretKind.PIN, pin) is Reason.NOT_ACCEPTED


@pytest.mark.parametrize("pin", ["804271", "112358", "13579246", "٨0４２７１"[1:] + "9"])
def test_any_other_pin_is_accepted(pin: str) -> None:
    check_strength(SecretKind.PIN, pin)


def test_a_short_or_monotonous_passphrase_is_refused() -> None:
    assert refusal(SecretKind.PASSPHRASE, "onze lettre") is Reason.TOO_SHORT
    assert refusal(SecretKind.PASSPHRASE, "aaaaaaaaaaaabbbb") is Reason.TOO_SIMPLE


def test_a_passphrase_of_twelve_characters_is_accepted() -> None:
    check_strength(SecretKind.PASSPHRASE, "lune éteinte")


def test_a_secret_is_the_same_from_every_keyboard() -> None:
    assert fold_secret("e\u0301te\u0301") == fold_secret("été")
    assert fold_secret("８０") == "80"


@pytest.mark.parametrize("secret", ["", "804271", "mon été \u00e0 la mer", "e\u0301\u20ac\U0001f511", "\udcff"])
def test_a_secret_is_held_as_the_bytes_of_its_one_form(secret: str) -> None:
    held = hold_secret(secret)
    assert held.view() == fold_secret(secret).encode("utf-8", "surrogatepass")
