import asyncio
import hashlib
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import pytest

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import MesError, Reason
from mes_app.sync.launches import Launch
from mes_app.sync.networks import Network
from tests.sync.serving import Asked, Say, Scripted, served

BACK = "http://127.0.0.1:4711/back"
GRANTED = {"access_token": "a1", "token_type": "Bearer", "refresh_token": "r1", "patient": "p7", "expires_in": 600}


def make_server(url: str, *, names_issuer: bool = False) -> ServerAccount:
    return ServerAccount(
        fhir_base=f"{url}/fhir",
        sign_in=SignIn.SMART,
        issuer="https://issuer.example",
        authorization_endpoint=f"{url}/authorize",
        token_endpoint=f"{url}/token",
        client_id="mes-carnets",
        names_issuer=names_issuer,
    )


class StrictAuthority:
    """An authorization server that forgives nothing: PKCE, redirect_uri and client are those of the request."""

    def __init__(self, granted: Say | None = None) -> None:
        self.granted = granted or Say(GRANTED, content_type="application/json")
        self.server = Scripted({"/token": self._grant})
        self.asked: dict[str, str] = {}

    def authorise(self, address: str) -> dict[str, str]:
        """What the browser shows the server; the code is then ``c1``."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return self.asked

    def _grant(self, asked: Asked) -> Say:
        digest = hashlib.sha256(asked.form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).rstrip(b"=").decode()
        right = (
            challenge == self.asked["code_challenge"]
            and asked.form["redirect_uri"] == self.asked["redirect_uri"]
            and asked.form["client_id"] == self.asked["client_id"]
            and asked.form["code"] == "c1"
            and "dpop" not in asked.headers
        )
        return self.granted if right else Say({"error": "invalid_grant"}, 400, content_type="application/json")


def sign_in(
    authority: StrictAuthority, answer: str = "code=c1&state={state}", *, names_issuer: bool = False
) -> ServerAccount:
    """From the request to the account; ``answer`` is what the browser comes back with."""
    with served(authority.server) as url:
        launch = Launch(make_server(url, names_issuer=names_issuer), BACK, Network())
        state = authority.authorise(launch.address)["state"]
        return asyncio.run(launch.redeem(f"/back?{answer.format(state=state)}"))


def refusal(authority: StrictAuthority, answer: str = "code=c1&state={state}", *, names_issuer: bool = False) -> Reason:
    with pytest.raises(MesError) as caught:
        sign_in(authority, answer, names_issuer=names_issuer)
    return caught.value.reason


def test_a4_the_request_says_who_asks_for_what_and_is_of_no_use_to_others() -> None:
    authority = StrictAuthority()
    sign_in(authority)
    asked = authority.asked
    assert (asked["response_type"], asked["client_id"], asked["redirect_uri"]) == ("code", "mes-carnets", BACK)
    assert asked["aud"].endswith("/fhir")
    assert "launch/patient" in asked["scope"]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 43
    sent = authority.server.asked[0].form
    assert 43 <= len(sent["code_verifier"]) <= 128


def test_a4_two_requests_share_neither_state_nor_challenge() -> None:
    first, second = StrictAuthority(), StrictAuthority()
    sign_in(first)
    sign_in(second)
    assert first.asked["state"] != second.asked["state"]
    assert first.asked["code_challenge"] != second.asked["code_challenge"]


def test_a_sign_in_gives_one_patient_and_tokens_for_later() -> None:
    account = sign_in(StrictAuthority())
    assert (account.sign_in, account.patients) == (SignIn.SMART, ("p7",))
    assert account.refresh_token
    assert account.access_token
    assert account.refresh_token.get_secret_value() == "r1"


def test_a_server_that_grants_nothing_for_later_lets_in_until_the_vault_is_locked() -> None:
    granted = {name: value for name, value in GRANTED.items() if name != "refresh_token"}
    account = sign_in(StrictAuthority(Say(granted, content_type="application/json")))
    assert account.refresh_token is None
    assert account.access_token


@pytest.mark.parametrize(
    "answer",
    [
        "code=c1",
        "code=c1&state=",
        "code=c1&state=another",
        "code=c1&state=é",
        "state={state}",
        "error=access_denied&state={state}",
        "code=c1&state={state}&iss=https://another.example",
        "",
    ],
)
def test_a4_an_answer_to_another_request_or_of_another_server_is_refused(answer: str) -> None:
    authority = StrictAuthority()
    assert refusal(authority, answer) is Reason.FORBIDDEN
    assert authority.server.asked == []


def test_a4_a_server_that_names_itself_must_do_so() -> None:
    assert refusal(StrictAuthority(), names_issuer=True) is Reason.FORBIDDEN
    named = "code=c1&state={state}&iss=https://issuer.example"
    assert sign_in(StrictAuthority(), named, names_issuer=True).patients == ("p7",)


@pytest.mark.parametrize(
    ("granted", "reason"),
    [
        (Say({"error": "invalid_grant"}, 400), Reason.EXPIRED_CODE),
        (Say({**GRANTED, "patient": ""}), Reason.MISSING),
        (Say({**GRANTED, "token_type": "mac"}), Reason.SERVER_FAULT),
        (Say({**GRANTED, "access_token": "é"}), Reason.SERVER_FAULT),
        (Say({}), Reason.SERVER_FAULT),
        (Say(b"<html>", 500), Reason.SERVER_FAULT),
        (Say(b"", 503), Reason.SERVER_BUSY),
    ],
)
def test_what_the_server_answers_instead_of_tokens_is_said(granted: Say, reason: Reason) -> None:
    assert refusal(StrictAuthority(granted)) is reason


def test_an_address_that_has_a_query_keeps_it() -> None:
    server = make_server("https://sante.example").model_copy(
        update={"authorization_endpoint": "https://sante.example/authorize?tenant=t1"}
    )
    asked = parse_qs(urlsplit(Launch(server, BACK, Network()).address).query)
    assert asked["tenant"] == ["t1"]
    assert asked["state"]
