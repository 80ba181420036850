import pytest

from mes_app.errors import Reason
from mes_app.services.vault_states import LASTING, VaultState, judge_fault


def test_a_vault_of_a_newer_version_is_locked_and_not_lost() -> None:
    assert judge_fault(None) is VaultState.LOCKED
    assert judge_fault(Reason.NEWER_VERSION) is VaultState.LOCKED


@pytest.mark.parametrize("fault", LASTING)
def test_what_lasts_shows_the_person_another_way(fault: Reason) -> None:
    assert judge_fault(fault) in (VaultState.RECOVERABLE, VaultState.DAMAGED)


def test_a_destroyed_pin_leaves_a_vault_to_recover() -> None:
    assert judge_fault(Reason.SECRET_DESTROYED) is VaultState.RECOVERABLE
