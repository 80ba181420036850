"""Who is let through to the records, and what the others are told."""

from tests.backend.login.scene import Mailbox, sign_in
from tests.backend.login.strict_client import StrictClient
from tests.backend.serving import Clock


def challenge_of(client: StrictClient, token: str, proof: str | None = None, scheme: str = "DPoP") -> str:
    answer = client.get("/fhir/me", token, proof, scheme)
    assert answer.status_code == 401
    return answer.headers["WWW-Authenticate"]


def test_an_access_token_tells_who_holds_it(client: StrictClient, mailbox: Mailbox) -> None:
    access = client.get("/fhir/me", sign_in(client, mailbox)["access_token"]).json()
    assert (access["person_id"], access["user"]) == ("p-camille", "camille")
    assert access["token_id"]


def test_without_a_token_no_error_is_named(client: StrictClient) -> None:
    answer = client.http.get("/fhir/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'DPoP algs="ES256"'


def test_n7_a_token_shown_as_a_bearer_is_refused(client: StrictClient, mailbox: Mailbox) -> None:
    token = sign_in(client, mailbox)["access_token"]
    assert challenge_of(client, token, scheme="Bearer") == 'DPoP algs="ES256"'


def test_an_access_token_lives_fifteen_minutes(client: StrictClient, mailbox: Mailbox, clock: Clock) -> None:
    token = sign_in(client, mailbox)["access_token"]
    clock.now += 899
    assert 'error="use_dpop_nonce"' in challenge_of(client, token)
    assert client.get("/fhir/me", token).status_code == 200
    clock.now += 1
    assert 'error="invalid_token"' in challenge_of(client, token)


def test_n7_an_access_token_is_worth_nothing_with_another_key(client: StrictClient, mailbox: Mailbox) -> None:
    token = sign_in(client, mailbox)["access_token"]
    thief = StrictClient(client.url)
    thief.nonce = client.nonce
    assert 'error="invalid_token"' in challenge_of(thief, token)
    thief.close()


def test_n7_a_proof_made_for_another_token_or_request_is_refused(client: StrictClient, mailbox: Mailbox) -> None:
    token = sign_in(client, mailbox)["access_token"]
    for proof in (
        client.prove("GET", f"{client.url}/fhir/me"),
        client.prove("GET", f"{client.url}/fhir/me", "another token"),
        client.prove("GET", f"{client.url}/fhir/you", token),
        client.prove("POST", f"{client.url}/fhir/me", token),
    ):
        assert 'error="invalid_dpop_proof"' in challenge_of(client, token, proof)
