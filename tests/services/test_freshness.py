import pytest

from mes_app.errors import Locked, Reason
from mes_app.services.freshness import LASTS, Freshness
from tests.services.vault_stories import Hands


def is_fresh(freshness: Freshness) -> bool:
    try:
        freshness.require()
    except Locked as error:
        return error.reason is not Reason.CONFIRM_SECRET
    return True


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_l4_nothing_is_proved_before_a_secret_was_given(hands: Hands) -> None:
    assert not is_fresh(Freshness(hands.clock()))


def test_l4_a_proof_lasts_two_minutes_whatever_the_wall_clock_says(hands: Hands) -> None:
    freshness = Freshness(hands.clock())
    freshness.note()
    hands.uptime += LASTS
    hands.wall -= 86_400
    assert is_fresh(freshness)
    hands.uptime += 1
    assert not is_fresh(freshness)


def test_l4_locking_forgets_the_proof_even_that_of_a_demonstration(hands: Hands) -> None:
    freshness = Freshness(hands.clock())
    freshness.waive()
    hands.pass_by(10 * LASTS)
    assert is_fresh(freshness)
    freshness.forget()
    assert not is_fresh(freshness)
