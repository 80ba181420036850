"""What a screen may ask of a recovery code: its grouping, and whether it can be one."""

import pytest

from mes_app.crypto.recovery_codes import make_recovery_code
from mes_app.errors import Reason, Rejected
from mes_app.services.recovery_codes import GROUP, GROUPS, check_recovery_code, group_code


def test_a_code_is_grouped_as_it_was_shown_however_it_is_typed() -> None:
    code = make_recovery_code()
    assert group_code(code) == code
    assert group_code(code.replace("-", "").lower()) == code
    assert group_code(f" {code.replace('-', ' – ')}\n") == code
    assert [len(group) for group in code.split("-")] == [GROUP] * GROUPS


@pytest.mark.parametrize(("typed", "grouped"), [("", ""), ("abcd", "ABCD"), ("abcde", "ABCD-E"), ("ab-cd-e", "ABCD-E")])
def test_the_beginning_of_a_code_is_grouped_too(typed: str, grouped: str) -> None:
    assert group_code(typed) == grouped


def test_what_is_written_as_a_code_passes() -> None:
    check_recovery_code(make_recovery_code())


def test_what_cannot_be_a_code_is_told_before_the_vault_is_asked() -> None:
    code = make_recovery_code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for typed, reason in (("", Reason.MISSING), (code[:-1], Reason.TOO_SHORT), (wrong, Reason.MISTYPED)):
        with pytest.raises(Rejected) as caught:
            check_recovery_code(typed)
        assert (caught.value.field, caught.value.reason) == ("recovery", reason)
