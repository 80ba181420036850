"""Waiting times, and what is counted when."""

import pytest

from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError
from mes_backend.login.limits import ACCOUNT, ADDRESS, counted, derive_wait

CAMILLE, HOME = ACCOUNT.on("camille"), ADDRESS.on("192.0.2.1")


def fail(desk: Desk, now: int) -> str:
    """What a failing try at ``now`` meets: its own failure, or the wait."""
    with pytest.raises((OAuthError, ValueError)) as caught, counted(desk.engine, now, (CAMILLE, HOME)):
        raise ValueError
    return str(caught.value)


def test_waits_triple_up_to_an_hour() -> None:
    assert [derive_wait(made, ACCOUNT) for made in (0, 4, 5, 6, 7, 8, 9, 10, 10_000)] == [
        0, 0, 30, 90, 270, 810, 2430, 3600, 3600,
    ]  # fmt: skip


def test_a_failure_counts_and_a_success_does_not(desk: Desk) -> None:
    for _ in range(4):
        fail(desk, 0)
    for _ in range(10):
        with counted(desk.engine, 0, (CAMILLE, HOME)):
            pass
    assert fail(desk, 0) == ""
    assert fail(desk, 0) == "slow_down"


def test_a_try_is_counted_before_it_is_judged(desk: Desk) -> None:
    for _ in range(4):
        fail(desk, 0)
    with counted(desk.engine, 0, (CAMILLE, HOME)):
        assert fail(desk, 0) == "slow_down"


def test_a_refused_try_costs_nothing_to_the_other_subjects(desk: Desk) -> None:
    for _ in range(60):
        fail(desk, 0)
    with counted(desk.engine, 0, (HOME,)):
        pass


def test_a_quiet_day_forgets_everything(desk: Desk) -> None:
    for _ in range(6):
        fail(desk, 0)
    assert [fail(desk, 86_401) for _ in range(5)] == [""] * 5
