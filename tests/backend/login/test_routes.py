"""The whole protocol over HTTP: discovery, two steps, tokens, refresh, sign-out."""

import logging

import httpx
import pytest

from tests.backend.login.scene import PASSWORD, Mailbox, read_authenticator, sign_in
from tests.backend.login.strict_client import VERIFIER, StrictClient, hash_of
from tests.backend.serving import Clock

DAY = 86_400


def test_a_password_and_a_mailed_code_open_a_session(client: StrictClient, mailbox: Mailbox) -> None:
    asked = client.send_password("Camille ", PASSWORD)
    assert asked.status_code == 400
    assert asked.json() == {
        "error": "insufficient_authorization",
        "auth_session": client.auth_session,
        "otp_required": True,
        "otp_channel": "email",
        "otp_hint": "c•••@famille.example",
        "otp_expires_in": 300,
        "otp_resend_in": 30,
    }
    granted = client.send_code(f" {mailbox.code[:3]} {mailbox.code[3:]}")
    assert granted.status_code == 200
    tokens = client.redeem(granted.json()["authorization_code"])
    assert tokens.headers["Cache-Control"] == "no-store"
    assert (tokens.json()["token_type"], tokens.json()["expires_in"]) == ("DPoP", 900)
    assert tokens.json()["fhirUser"] == "Person/p-camille"
    assert tokens.json()["auth_session"]
    assert client.get("/fhir/me", tokens.json()["access_token"]).json()["person_id"] == "p-camille"


def test_an_authenticator_opens_a_session_too(client: StrictClient, clock: Clock, mailbox: Mailbox) -> None:
    asked = client.send_password("alex", PASSWORD).json()
    assert (asked["otp_channel"], asked["otp_hint"]) == ("totp", "")
    granted = client.send_code(read_authenticator(clock))
    assert client.redeem(granted.json()["authorization_code"]).json()["fhirUser"] == "Person/p-alex"
    assert mailbox.letters == []


def test_the_addresses_of_the_login_are_published_where_clients_look(url: str) -> None:
    stated = httpx.get(f"{url}/.well-known/oauth-authorization-server").json()
    assert stated["authorization_challenge_endpoint"] == f"{url}/oauth/challenge"
    smart = [httpx.get(f"{url}{base}/.well-known/smart-configuration").json() for base in ("", "/fhir")]
    assert smart[0] == smart[1]
    assert smart[0]["token_endpoint"] == stated["token_endpoint"] == f"{url}/oauth/token"


def test_a_refresh_changes_both_tokens(client: StrictClient, mailbox: Mailbox) -> None:
    first = sign_in(client, mailbox)
    second = client.refresh(first["refresh_token"]).json()
    assert {first["access_token"], first["refresh_token"]}.isdisjoint(second.values())
    assert client.get("/fhir/me", first["access_token"]).status_code == 401
    assert client.get("/fhir/me", second["access_token"]).status_code == 200


def test_a_lost_refresh_answer_does_not_end_the_session(client: StrictClient, mailbox: Mailbox) -> None:
    first = sign_in(client, mailbox)
    client.refresh(first["refresh_token"])
    again = client.refresh(first["refresh_token"])
    assert client.get("/fhir/me", again.json()["access_token"]).status_code == 200


def test_a5_a_refresh_token_that_comes_back_later_ends_the_session(client: StrictClient, mailbox: Mailbox) -> None:
    first = sign_in(client, mailbox)
    second = client.refresh(first["refresh_token"]).json()
    client.get("/fhir/me", second["access_token"])
    reused = client.refresh(first["refresh_token"])
    assert (reused.status_code, reused.json()["error"]) == (400, "invalid_grant")
    assert client.get("/fhir/me", second["access_token"]).status_code == 401
    assert client.refresh(second["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_refresh_token_is_worth_nothing_with_another_key(client: StrictClient, mailbox: Mailbox) -> None:
    tokens = sign_in(client, mailbox)
    thief = StrictClient(client.url)
    assert thief.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    thief.close()
    assert client.refresh(tokens["refresh_token"]).status_code == 200


def test_an_old_session_asks_for_a_code_but_not_for_the_password(
    client: StrictClient, mailbox: Mailbox, clock: Clock
) -> None:
    old = sign_in(client, mailbox)
    clock.now += 30 * DAY
    asked = client.refresh(old["refresh_token"])
    assert (asked.status_code, asked.json()["error"]) == (403, "insufficient_authorization")
    assert asked.json()["otp_required"] is True
    challenge = {"code_challenge": hash_of(VERIFIER), "code_challenge_method": "S256"}
    renewed = client.redeem(client.send_code(mailbox.code, **challenge).json()["authorization_code"]).json()
    assert client.get("/fhir/me", renewed["access_token"]).status_code == 200
    assert client.refresh(old["refresh_token"]).json()["error"] == "invalid_grant"


def test_signing_out_ends_the_session_and_says_nothing_of_unknown_tokens(
    client: StrictClient, mailbox: Mailbox
) -> None:
    tokens = sign_in(client, mailbox)
    assert client.revoke(tokens["refresh_token"]).status_code == 200
    assert client.revoke(tokens["refresh_token"]).status_code == 200
    assert client.get("/fhir/me", tokens["access_token"]).status_code == 401
    assert client.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"


def test_s12_nothing_secret_is_logged(client: StrictClient, mailbox: Mailbox, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.send_password("camille", "a wrong password")
        tokens = sign_in(client, mailbox)
        client.get("/fhir/me", tokens["access_token"])
        client.refresh(tokens["refresh_token"])
    secrets = [PASSWORD, "a wrong password", mailbox.code, "camille", *map(str, tokens.values())]
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_another_kind_of_grant_is_refused(client: StrictClient) -> None:
    refused = client.post("/oauth/token", {"grant_type": "password", "client_id": "mes-carnets"})
    assert refused.json() == {"error": "unsupported_grant_type"}
