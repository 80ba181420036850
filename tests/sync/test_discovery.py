import asyncio

import pytest

from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import MesError, Reason
from mes_app.sync.discovery import METADATA, SMART_CONFIGURATION, discover
from mes_app.sync.networks import Network
from tests.sync.backends import Backend
from tests.sync.serving import Say, Scripted, closed_address, make_plain_server, served


def find(server: Scripted, path: str = "/fhir") -> ServerAccount:
    with served(server) as url:
        return asyncio.run(discover(f"{url}{path}", Network()))


def refusal(server: Scripted, path: str = "/fhir") -> Reason:
    with pytest.raises(MesError) as caught:
        find(server, path)
    return caught.value.reason


@pytest.mark.parametrize("path", ["", "/", "/fhir", "/fhir/"])
def test_the_reference_backend_is_found_by_its_name_or_its_fhir_address(backend: Backend, path: str) -> None:
    server = asyncio.run(discover(f"{backend.url}{path}", Network()))
    assert server.sign_in is SignIn.CHALLENGE
    assert server.fhir_base == f"{backend.url}/fhir"
    assert server.token_endpoint == f"{backend.url}/oauth/token"
    assert server.client_id == "mes-carnets"


@pytest.mark.parametrize(
    "metadata",
    [Say({}, 404), Say("<html>", content_type="text/html"), Say({"token_endpoint": "/t"}), Say({}, 403)],
    ids=["none", "html", "another sign-in", "forbidden"],
)
def test_a_server_without_our_sign_in_is_a_plain_one(metadata: Say) -> None:
    server = make_plain_server("Observation")
    server.paths[METADATA] = metadata
    assert find(server).sign_in is SignIn.PLAIN


def test_where_our_sign_in_is_offered_no_other_is_asked_for() -> None:
    server = make_plain_server("Observation")
    ours = {"authorization_challenge_endpoint": "/oauth/challenge", "token_endpoint": "/oauth/token"}
    server.paths[METADATA] = Say(ours, content_type="application/json")
    assert find(server).sign_in is SignIn.CHALLENGE
    assert [asked.path for asked in server.asked] == ["/fhir/metadata", METADATA]


SMART = {
    "authorization_endpoint": "https://login.example/authorize",
    "token_endpoint": "https://login.example/token",
    "capabilities": ["launch-standalone", "client-public"],
    "code_challenge_methods_supported": ["S256"],
}


def find_smart(smart: dict[str, object]) -> ServerAccount:
    server = make_plain_server("Observation")
    server.paths[f"/fhir/{SMART_CONFIGURATION}"] = Say(smart, content_type="application/json")
    return find(server)


def test_a_server_of_others_that_signs_in_through_the_browser_is_found() -> None:
    account = find_smart({**SMART, "issuer": "https://login.example"})
    assert account.sign_in is SignIn.SMART
    assert account.authorization_endpoint == "https://login.example/authorize"
    assert account.token_endpoint == "https://login.example/token"
    assert (account.issuer, account.revocation_endpoint, account.names_issuer) == ("https://login.example", "", False)


@pytest.mark.parametrize(
    "smart",
    [
        {**SMART, "capabilities": ["launch-ehr"]},
        {**SMART, "code_challenge_methods_supported": ["plain"]},
        {**SMART, "authorization_endpoint": ""},
    ],
    ids=["inside another app only", "without PKCE", "without address"],
)
def test_a4_a_sign_in_that_cannot_be_ours_or_is_not_safe_is_not_offered(smart: dict[str, object]) -> None:
    assert find_smart(smart).sign_in is SignIn.PLAIN


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "revocation_endpoint"])
def test_n2_a_sign_in_without_protection_is_refused(name: str) -> None:
    with pytest.raises(MesError) as caught:
        find_smart({**SMART, name: "http://login.example/x"})
    assert caught.value.reason is Reason.INSECURE_URL


def test_our_own_sign_in_comes_before_that_of_the_browser(backend: Backend) -> None:
    assert asyncio.run(discover(backend.url, Network())).sign_in is SignIn.CHALLENGE


def test_n3_a_sign_in_on_another_server_is_refused() -> None:
    server = make_plain_server("Observation")
    server.paths[METADATA] = Say({"authorization_challenge_endpoint": "https://evil.example/challenge"})
    assert refusal(server) is Reason.FOREIGN_ADDRESS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Say("<html>", content_type="text/html"), Reason.NOT_FHIR),
        (Say({}, 404), Reason.NOT_FHIR),
        (Say({"resourceType": "Patient"}), Reason.NOT_FHIR),
        (Say('{"resourceType":"Capab'), Reason.TRUNCATED),
        (Say("x", 500), Reason.SERVER_FAULT),
        (Say("x", 503, {"retry-after": "60"}), Reason.SERVER_BUSY),
    ],
    ids=["html", "404", "another resource", "truncated", "500", "503"],
)
@pytest.mark.parametrize("path", ["", "/fhir"])
def test_what_is_no_fhir_server_is_said_to_be_none(answer: Say, reason: Reason, path: str) -> None:
    assert refusal(Scripted({"/fhir/metadata": answer, "/metadata": answer}), path) is reason


def test_a_server_that_is_down_is_offline() -> None:
    with pytest.raises(MesError) as caught:
        asyncio.run(discover(closed_address(), Network()))
    assert caught.value.reason is Reason.UNREACHABLE


def test_n2_nothing_is_sent_to_an_address_without_protection() -> None:
    with pytest.raises(MesError) as caught:
        asyncio.run(discover("http://sante.example", Network()))
    assert caught.value.reason is Reason.INSECURE_URL
