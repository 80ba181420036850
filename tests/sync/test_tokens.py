import asyncio
import json
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from mes_app.crypto.dpop import make_dpop_key
from mes_app.domain.servers import ServerAccount, SignIn
from mes_app.errors import MesError, Offline, Reason, SessionExpired
from mes_app.sync.api import FhirApi
from mes_app.sync.networks import Network
from mes_app.sync.tokens import TokenSession, revoke
from tests.sync.backends import Backend
from tests.sync.serving import Asked, Say, Scripted, closed_address, served


def make_account(url: str) -> ServerAccount:
    return ServerAccount.model_validate(
        {
            "fhir_base": f"{url}/fhir",
            "sign_in": SignIn.CHALLENGE,
            "issuer": url,
            "token_endpoint": f"{url}/token",
            "revocation_endpoint": f"{url}/revoke",
            "client_id": "mes-carnets",
            "refresh_token": "r0",
            "dpop_key": make_dpop_key(),
        }
    )


def read_claims(proof: str) -> dict[str, Any]:
    part = proof.split(".")[1]
    claims: dict[str, Any] = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def grant(number: int) -> Say:
    return Say({"access_token": f"a{number}", "token_type": "DPoP", "refresh_token": f"r{number}"})


def use(server: Scripted, work: Callable[[FhirApi], Awaitable[object]]) -> list[str]:
    """Run ``work`` in a session at ``server``; the refresh tokens kept, in order."""
    kept: list[str] = []

    async def keep(account: ServerAccount) -> None:
        assert account.refresh_token
        kept.append(account.refresh_token.get_secret_value())

    async def story(url: str) -> None:
        account = make_account(url)
        async with FhirApi(account.fhir_base, TokenSession(account, keep, Network()), Network()) as api:
            await work(api)

    with served(server) as url:
        asyncio.run(story(url))
    return kept


def test_n7_each_proof_is_new_and_bound_to_its_request_and_token() -> None:
    server = Scripted({"/token": grant(1), "/fhir/Patient/1": Say(b"{}")})

    async def work(api: FhirApi) -> None:
        await api.get("Patient/1?_elements=id")
        await api.get("Patient/1?_elements=id")

    use(server, work)
    token, *reads = [(asked, read_claims(asked.headers["dpop"])) for asked in server.asked]
    assert token[1]["htm"] == "POST"
    assert "ath" not in token[1]
    assert len({claims["jti"] for _, claims in (token, *reads)}) == 3
    for asked, claims in reads:
        assert (claims["htm"], claims["htu"].endswith("/fhir/Patient/1")) == ("GET", True)
        assert claims["ath"]
        assert asked.headers["authorization"] == "DPoP a1"


def test_n7_a_request_is_sent_again_with_the_nonce_that_was_missing() -> None:
    def judge(asked: Asked) -> Say:
        if read_claims(asked.headers["dpop"]).get("nonce") == "n1":
            return Say(b"{}") if asked.method == "GET" else grant(1)
        headers = {"dpop-nonce": "n1", "www-authenticate": 'DPoP error="use_dpop_nonce"'}
        return Say({"error": "use_dpop_nonce"}, 401 if asked.method == "GET" else 400, headers)

    server = Scripted({"/token": judge, "/fhir/Patient/1": judge})
    assert use(server, lambda api: api.get("Patient/1")) == ["r1"]
    assert len(server.asked) == 4


def test_a5_the_next_refresh_token_is_kept_before_the_access_token_is_used() -> None:
    order: list[str] = []

    async def keep(_account: ServerAccount) -> None:
        order.append("kept")

    def read(_asked: Asked) -> Say:
        order.append("used")
        return Say(b"{}")

    async def story(url: str) -> None:
        account = make_account(url)
        async with FhirApi(account.fhir_base, TokenSession(account, keep, Network()), Network()) as api:
            await api.get("Patient/1")

    with served(Scripted({"/token": grant(1), "/fhir/Patient/1": read})) as url:
        asyncio.run(story(url))
    assert order == ["kept", "used"]


def test_requests_that_fail_together_renew_the_session_once() -> None:
    def read(asked: Asked) -> Say:
        return Say(b"{}") if asked.headers["authorization"] == "DPoP a2" else Say(status=401)

    server = Scripted({"/token": [grant(1), grant(2), Say({"error": "invalid_grant"}, 400)], "/fhir/Patient/1": read})

    async def work(api: FhirApi) -> None:
        await asyncio.gather(*(api.get("Patient/1") for _ in range(4)))

    assert use(server, work) == ["r1", "r2"]


def test_the_rotated_token_is_the_one_sent_next() -> None:
    sent: list[str] = []

    def refresh(asked: Asked) -> Say:
        sent.append(asked.form["refresh_token"])
        return grant(len(sent))

    def read(asked: Asked) -> Say:
        return Say(b"{}") if asked.headers["authorization"] == "DPoP a2" else Say(status=401)

    use(Scripted({"/token": refresh, "/fhir/Patient/1": read}), lambda api: api.get("Patient/1"))
    assert sent == ["r0", "r1"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Say({"error": "invalid_grant"}, 400), Reason.SIGN_IN_AGAIN),
        (Say({"error": "insufficient_authorization", "otp_required": True}, 403), Reason.CODE_REQUIRED),
        (Say({"error": "temporarily_unavailable"}, 400), Reason.SERVER_FAULT),
        (Say("<html>", 500), Reason.SERVER_FAULT),
        (Say({"access_token": "é"}), Reason.SERVER_FAULT),
    ],
    ids=["ended", "to confirm", "not now", "fault", "odd token"],
)
def test_a_refusal_to_renew_says_whether_to_sign_in_again(answer: Say, reason: Reason) -> None:
    with pytest.raises(MesError) as caught:
        use(Scripted({"/token": answer}), lambda api: api.get("Patient/1"))
    assert caught.value.reason is reason


def test_a_lost_answer_does_not_end_the_session(backend: Backend) -> None:
    """The server rotated, the device never heard of it: the former token is still good."""

    async def lose(_account: ServerAccount) -> None:
        raise Offline

    async def keep(_account: ServerAccount) -> None:
        """Kept."""

    async def story() -> None:
        account = await backend.enrol()
        with pytest.raises(Offline):
            await TokenSession(account, lose, Network()).renew({})
        assert await TokenSession(account, keep, Network()).renew({})

    asyncio.run(story())


def test_signing_out_ends_the_session_at_the_server(backend: Backend) -> None:
    async def keep(_account: ServerAccount) -> None:
        """Kept."""

    async def story() -> None:
        account = await backend.enrol()
        await revoke(account, Network())
        with pytest.raises(SessionExpired):
            await TokenSession(account, keep, Network()).renew({})

    asyncio.run(story())


def test_signing_out_without_network_says_so() -> None:
    with pytest.raises(Offline):
        asyncio.run(revoke(make_account(closed_address()), Network()))


def test_a5_a_restored_account_asks_to_sign_in_again_without_a_word_to_the_server() -> None:
    server = Scripted({})

    async def story(url: str) -> None:
        restored = make_account(url).model_copy(update={"refresh_token": None, "dpop_key": None})
        async with FhirApi(restored.fhir_base, TokenSession(restored, never, Network()), Network()) as api:
            with pytest.raises(SessionExpired) as caught:
                await api.get("Patient/1")
        assert caught.value.reason is Reason.SIGN_IN_AGAIN

    async def never(_account: ServerAccount) -> None:
        raise AssertionError

    with served(server) as url:
        asyncio.run(story(url))
    assert server.asked == []


def test_a5_a_session_without_device_key_uses_the_tokens_of_the_browser_then_renews_them() -> None:
    kept: list[str] = []

    async def keep(account: ServerAccount) -> None:
        assert account.refresh_token
        kept.append(account.refresh_token.get_secret_value())

    def read(asked: Asked) -> Say:
        return Say(b"{}", 200 if asked.headers.get("authorization") == "Bearer a1" else 401)

    async def story(url: str) -> None:
        account = make_account(url).model_copy(
            update={"sign_in": SignIn.SMART, "dpop_key": None, "access_token": SecretStr("a0")}
        )
        async with FhirApi(account.fhir_base, TokenSession(account, keep, Network()), Network()) as api:
            await api.get("Patient/1")
            await api.get("Patient/1")

    server = Scripted({"/token": grant(1), "/fhir/Patient/1": read})
    with served(server) as url:
        asyncio.run(story(url))
    assert kept == ["r1"]
    authorised = [asked.headers.get("authorization") for asked in server.asked if asked.method == "GET"]
    assert authorised == ["Bearer a0", "Bearer a1", "Bearer a1"]
    assert not any("dpop" in asked.headers for asked in server.asked)
