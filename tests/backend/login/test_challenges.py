"""A challenge asked directly of the desk: what is told, what is kept, and two requests at once."""

import json

import pytest

from mes_backend.database import reading
from mes_backend.login.accounts import find_account
from mes_backend.login.challenges import Challenge, Demand, ask_code, describe_wait, find_challenge, judge_code
from mes_backend.login.desk import Desk
from mes_backend.login.errors import OAuthError
from tests.backend.serving import Clock


def open_challenge(desk: Desk) -> Challenge:
    with reading(desk.engine) as con:
        account = find_account(con, "camille")
    assert account
    answer = ask_code(desk, Demand(account, "key"))
    return find_challenge(desk, json.loads(bytes(answer.body))["auth_session"], "key")


def test_the_seconds_told_are_those_left(desk: Desk, clock: Clock) -> None:
    challenge = open_challenge(desk)
    clock.now += 100
    told = describe_wait(desk, challenge).facts
    assert (told["otp_expires_in"], told["otp_resend_in"]) == (200, 0)


def test_a3_of_two_tries_sent_together_one_counts(desk: Desk) -> None:
    challenge = open_challenge(desk)
    with pytest.raises(OAuthError, match="insufficient_authorization"):
        judge_code(desk, challenge, "no code")
    with pytest.raises(OAuthError, match="invalid_session"):
        judge_code(desk, challenge, "no code")


def test_a_challenge_is_found_by_its_own_key_until_it_expires(desk: Desk, clock: Clock) -> None:
    challenge = open_challenge(desk)
    with pytest.raises(OAuthError, match="invalid_session"):
        find_challenge(desk, challenge.auth_session, "another key")
    clock.now += 300
    with pytest.raises(OAuthError, match="invalid_session"):
        find_challenge(desk, challenge.auth_session, "key")
