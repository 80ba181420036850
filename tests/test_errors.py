import pytest

from mes_app.errors import Busy, Locked, MesError, Offline, Reason, Rejected

KINDS = MesError.__subclasses__()


def test_every_reason_belongs_to_exactly_one_kind_of_error() -> None:
    owners = {reason: [kind for kind in KINDS if reason in kind.reasons] for reason in Reason}
    assert {reason: kinds for reason, kinds in owners.items() if len(kinds) != 1} == {}


def test_an_error_does_not_take_the_reason_of_another() -> None:
    with pytest.raises(ValueError, match="Offline does not take wrong_code"):
        Offline(Reason.WRONG_CODE)


def test_s12_an_error_tells_its_kind_and_reason_and_nothing_else() -> None:
    assert str(Rejected("password", Reason.WRONG_CREDENTIALS)) == "Rejected: wrong_credentials"
    assert str(Busy(after=12)) == "Busy: server_busy"
    assert str(Locked(Reason.WRONG_SECRET, wait=60)) == "Locked: wrong_secret"


def test_waiting_times_are_facts_of_the_error() -> None:
    assert Busy(after=12).facts == {"after": 12}
    assert Locked(Reason.WRONG_SECRET, wait=60).facts == {"wait": 60}
