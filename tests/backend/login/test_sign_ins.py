"""A password, then a code: what is refused, alike for everyone, and how often."""

from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import select

from mes_backend.database import reading
from mes_backend.login.accounts import Passwords
from mes_backend.login.desk import Desk
from mes_backend.login.tables import accounts, challenges
from tests.backend.login.scene import PASSWORD, Mailbox, read_authenticator, sign_in
from tests.backend.login.strict_client import VERIFIER, StrictClient, hash_of
from tests.backend.serving import Clock


class CountingHasher(PasswordHasher):
    """A hasher that remembers the cost of what it verified."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified: list[object] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        self.verified.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a1_an_unknown_name_and_a_wrong_password_get_the_same_answer(client: StrictClient) -> None:
    unknown, known = client.send_password("personne", PASSWORD), client.send_password("camille", "autre")
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    assert known.json() == {"error": "access_denied"}


def test_a1_an_unknown_name_costs_the_same_work_as_a_wrong_password() -> None:
    hasher = CountingHasher()
    passwords = Passwords(hasher)
    assert not passwords.match(passwords.hash(PASSWORD), "autre")
    assert not passwords.match(None, "autre")
    assert hasher.verified[0] == hasher.verified[1]


def test_a1_an_unknown_name_has_to_wait_like_a_known_one(client: StrictClient) -> None:
    for user in ("personne", "camille"):
        answers = [client.send_password(user, "autre") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [400] * 5 + [429]
        assert answers[-1].headers["Retry-After"] == "30"


def test_guesses_wait_longer_each_time_and_never_exceed_ten_an_hour(client: StrictClient, clock: Clock) -> None:
    start, judged = clock.now, 0
    while clock.now - start < 3600:
        answer = client.send_password("camille", "autre")
        judged += answer.status_code == 400
        clock.now += int(answer.headers.get("Retry-After", 0))
    assert 5 < judged <= 10


def test_a_wrong_code_is_refused_under_a_new_session(client: StrictClient, mailbox: Mailbox) -> None:
    client.send_password("camille", PASSWORD)
    former = client.auth_session
    refused = client.send_code(wrong(mailbox.code))
    assert (refused.status_code, refused.json()["error"]) == (400, "insufficient_authorization")
    assert client.auth_session != former
    replayed = client.post("/oauth/challenge", {"auth_session": former, "otp": mailbox.code})
    assert replayed.json() == {"error": "invalid_session"}


def test_the_right_code_after_a_wrong_one_is_accepted(client: StrictClient, mailbox: Mailbox) -> None:
    client.send_password("camille", PASSWORD)
    client.send_code(wrong(mailbox.code))
    assert "authorization_code" in client.send_code(mailbox.code).json()


def test_a3_the_fifth_wrong_code_ends_the_session_and_the_next_try_waits(
    client: StrictClient, mailbox: Mailbox, clock: Clock
) -> None:
    client.send_password("camille", PASSWORD)
    errors = [client.send_code(wrong(mailbox.code)).json()["error"] for _ in range(5)]
    assert errors == ["insufficient_authorization"] * 4 + ["invalid_session"]
    assert client.send_password("camille", PASSWORD).headers["Retry-After"] == "30"
    clock.now += 30
    assert client.send_password("camille", PASSWORD).json()["otp_required"] is True


def test_a3_asking_for_new_codes_does_not_give_new_tries(client: StrictClient, mailbox: Mailbox, clock: Clock) -> None:
    client.send_password("camille", PASSWORD)
    for _ in range(4):
        client.send_code(wrong(mailbox.code))
    clock.now += 30
    client.resend()
    assert client.send_code(wrong(mailbox.code)).json() == {"error": "invalid_session"}


def test_a3_a_right_password_does_not_buy_tries_at_the_code(
    client: StrictClient, mailbox: Mailbox, clock: Clock
) -> None:
    judged, start = 0, clock.now
    while clock.now - start < 3600:
        asked = client.send_password("camille", PASSWORD)
        answer = client.send_code(wrong(mailbox.code)) if asked.status_code == 400 else asked
        judged += answer.status_code == 400
        clock.now += int(answer.headers.get("Retry-After", 0))
    assert 5 < judged <= 10


def test_signing_in_forgets_the_wrong_tries(client: StrictClient, mailbox: Mailbox) -> None:
    for _ in range(4):
        client.send_password("camille", "autre")
    sign_in(client, mailbox)
    answers = [client.send_password("camille", "autre").status_code for _ in range(5)]
    assert answers == [400] * 5


def test_a3_a_mailed_code_serves_once_and_dies_after_five_minutes(
    client: StrictClient, mailbox: Mailbox, clock: Clock
) -> None:
    client.send_password("camille", PASSWORD)
    client.send_code(mailbox.code)
    assert client.send_code(mailbox.code).json() == {"error": "invalid_session"}
    client.send_password("camille", PASSWORD)
    clock.now += 300
    assert client.send_code(mailbox.code).json() == {"error": "invalid_session"}


def test_a3_a_shown_code_serves_once_even_in_another_session(client: StrictClient, clock: Clock) -> None:
    for accepted in (True, False):
        client.send_password("alex", PASSWORD)
        assert ("authorization_code" in client.send_code(read_authenticator(clock)).json()) is accepted
    clock.now += 30
    assert "authorization_code" in client.send_code(read_authenticator(clock)).json()


@pytest.mark.parametrize(("drift", "accepted"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_an_authenticator_may_be_one_step_early_or_late(
    client: StrictClient, clock: Clock, drift: int, accepted: bool
) -> None:
    client.send_password("alex", PASSWORD)
    clock.now += drift
    shown = read_authenticator(clock)
    clock.now -= drift
    assert ("authorization_code" in client.send_code(shown).json()) is accepted


def test_a3_a_new_code_comes_after_thirty_seconds_and_replaces_the_former(
    client: StrictClient, mailbox: Mailbox, clock: Clock
) -> None:
    client.send_password("camille", PASSWORD)
    clock.now += 10
    refused = client.resend()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "20")
    clock.now += 20
    former, asked = mailbox.code, client.resend()
    assert asked.json()["otp_expires_in"] == 300
    assert client.send_code(former).json()["error"] == "insufficient_authorization"
    assert "authorization_code" in client.send_code(mailbox.code).json()


def test_nobody_fills_the_mailbox_of_someone_whose_password_they_know(client: StrictClient, mailbox: Mailbox) -> None:
    answers = [client.send_password("camille", PASSWORD).status_code for _ in range(11)]
    assert answers == [400] * 10 + [429]
    assert len(mailbox.letters) == 10


def test_a_session_belongs_to_the_key_that_began_it(client: StrictClient, mailbox: Mailbox) -> None:
    client.send_password("camille", PASSWORD)
    thief = StrictClient(client.url)
    thief.auth_session = client.auth_session
    assert thief.send_code(mailbox.code).json() == {"error": "invalid_session"}
    thief.close()
    assert "authorization_code" in client.send_code(mailbox.code).json()


def test_a4_only_s256_and_our_own_records_can_be_asked_for(client: StrictClient) -> None:
    faults = {
        "code_challenge_method": ("plain", "invalid_request"),
        "code_challenge": (VERIFIER[:42], "invalid_request"),
        "response_type": ("token", "unsupported_response_type"),
        "client_id": ("another", "invalid_client"),
        "resource": ("https://elsewhere.example/fhir", "invalid_target"),
    }
    for name, (value, error) in faults.items():
        assert client.send_password("camille", PASSWORD, **{name: value}).json() == {"error": error}
    assert client.send_password("camille", "").json() == {"error": "invalid_request"}


def test_signing_in_again_on_a_device_replaces_its_session(client: StrictClient, mailbox: Mailbox) -> None:
    former = sign_in(client, mailbox)
    client.send_password("camille", PASSWORD, auth_session=former["auth_session"])
    client.redeem(client.send_code(mailbox.code).json()["authorization_code"])
    assert client.refresh(former["refresh_token"]).json() == {"error": "invalid_grant"}


def test_a2_no_password_code_or_session_is_stored_in_clear(client: StrictClient, mailbox: Mailbox, desk: Desk) -> None:
    client.send_password("camille", PASSWORD)
    with reading(desk.engine) as con:
        stored = repr([con.execute(select(table)).all() for table in (accounts, challenges)])
    assert hash_of(client.auth_session) in stored
    assert not [secret for secret in (PASSWORD, f"'{mailbox.code}'", client.auth_session) if secret in stored]
