"""Every way in which a proof can be wrong, tried on a real endpoint."""

from typing import Any

import jwt
import pytest

from mes_backend.login.proofs import NONCE_STEP
from tests.backend.login.scene import PASSWORD
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import Clock

PATH = "/oauth/revoke"
FORM = {"token": "none", "client_id": "mes-carnets"}


@pytest.fixture
def ready(client: StrictClient) -> StrictClient:
    """A client that already has a nonce."""
    client.revoke("none")
    return client


def refusal(client: StrictClient, proof: str) -> str:
    answer = client.post(PATH, FORM, proof)
    assert answer.status_code == 400
    return str(answer.json()["error"])


def test_n7_a_nonce_is_asked_for_and_then_accepted(client: StrictClient) -> None:
    assert refusal(client, client.prove("POST", client.url + PATH)) == "use_dpop_nonce"
    assert client.nonce
    assert client.post(PATH, FORM, client.prove("POST", client.url + PATH)).status_code == 200


def test_n7_a_proof_is_accepted_once(ready: StrictClient) -> None:
    proof = ready.prove("POST", ready.url + PATH)
    assert ready.post(PATH, FORM, proof).status_code == 200
    assert refusal(ready, proof) == "invalid_dpop_proof"


def test_n7_a_proof_cannot_come_back_once_it_is_forgotten(ready: StrictClient, clock: Clock) -> None:
    proof = ready.prove("POST", ready.url + PATH)
    ready.post(PATH, FORM, proof)
    for _ in range(2 * NONCE_STEP + 1):
        clock.now += 1
    ready.revoke("none")
    assert refusal(ready, proof) == "use_dpop_nonce"


@pytest.mark.parametrize(
    "changed",
    [
        {"htm": "GET"},
        {"htu": "https://elsewhere.example/oauth/revoke"},
        {"htu": None},
        {"jti": None},
        {"iat": None},
        {"ath": "of no token at all"},
    ],
    ids=str,
)
def test_n7_a_proof_of_something_else_is_refused(ready: StrictClient, changed: dict[str, Any]) -> None:
    assert refusal(ready, ready.prove("POST", ready.url + PATH, **changed)) == "invalid_dpop_proof"


def test_n7_a_proof_of_another_address_of_this_server_is_refused(ready: StrictClient) -> None:
    assert refusal(ready, ready.prove("POST", f"{ready.url}/oauth/token")) == "invalid_dpop_proof"


def test_a_query_is_no_part_of_the_proof(ready: StrictClient) -> None:
    assert ready.post(PATH, FORM, ready.prove("POST", f"{ready.url}{PATH}?a=b#c")).status_code == 200


def test_a_telephone_with_a_wrong_date_still_signs_in(client: StrictClient) -> None:
    client.revoke("none")
    assert client.post(PATH, FORM, client.prove("POST", client.url + PATH, iat=0)).status_code == 200


def test_n7_a_nonce_of_long_ago_is_refused(ready: StrictClient, clock: Clock) -> None:
    clock.now += 2 * NONCE_STEP
    assert refusal(ready, ready.prove("POST", ready.url + PATH)) == "use_dpop_nonce"


def test_n7_a_changed_proof_is_refused(ready: StrictClient) -> None:
    head, body, signature = ready.prove("POST", ready.url + PATH).split(".")
    other = ready.prove("POST", f"{ready.url}/oauth/token").split(".")[1]
    assert refusal(ready, f"{head}.{other}.{signature}") == "invalid_dpop_proof"
    assert refusal(ready, f"{head}.{body}") == "invalid_dpop_proof"


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"jwk": None},
        {"jwk": {"kty": "EC", "crv": "P-256"}},
        {"jwk": {"kty": "EC", "crv": "P-256", "x": 1, "y": 2}},
        {"jwk": {"kty": "oct", "k": "AAAA"}},
    ],
    ids=str,
)
def test_n7_a_header_that_names_no_usable_key_is_refused(ready: StrictClient, header: dict[str, Any]) -> None:
    claims = jwt.decode(ready.prove("POST", ready.url + PATH), options={"verify_signature": False})
    stated = {"typ": "dpop+jwt", "jwk": ready.jwk()} | header
    assert refusal(ready, jwt.encode(claims, ready.key, "ES256", stated)) == "invalid_dpop_proof"


def test_n7_a_private_key_and_a_shared_secret_are_refused(ready: StrictClient) -> None:
    claims = jwt.decode(ready.prove("POST", ready.url + PATH), options={"verify_signature": False})
    private = {"typ": "dpop+jwt", "jwk": ready.jwk() | {"d": "AAAA"}}
    assert refusal(ready, jwt.encode(claims, ready.key, "ES256", private)) == "invalid_dpop_proof"
    symmetric = jwt.encode(claims, "k" * 32, "HS256", {"typ": "dpop+jwt", "jwk": ready.jwk()})
    assert refusal(ready, symmetric) == "invalid_dpop_proof"


def test_n7_no_proof_and_two_proofs_are_refused(ready: StrictClient) -> None:
    proofs = [("DPoP", ready.prove("POST", ready.url + PATH)) for _ in range(2)]
    for headers in ([], proofs):
        answer = ready.http.post(PATH, data=FORM, headers=headers)
        assert answer.json() == {"error": "invalid_dpop_proof"}


def test_n7_every_answer_brings_the_next_nonce(client: StrictClient) -> None:
    assert client.http.get("/.well-known/oauth-authorization-server").headers["DPoP-Nonce"]
    assert client.send_password("camille", PASSWORD).headers["DPoP-Nonce"] == client.nonce
