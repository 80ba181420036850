import asyncio

import pytest
from pydantic import SecretStr

from mes_app.crypto.dpop import make_dpop_key
from mes_app.errors import NotAllowed, Reason
from mes_app.sync.authorities import Authority, reveal, text_of
from mes_app.sync.networks import Network
from tests.sync.serving import Say, Scripted, served


def test_a_refusal_comes_back_with_its_status_and_words() -> None:
    async def post(url: str) -> object:
        return await Authority(url, make_dpop_key(), Network()).post(f"{url}/token", {"a": "b c"})

    server = Scripted({"/token": Say({"error": "invalid_grant"}, 400)})
    with served(server) as url:
        assert asyncio.run(post(url)) == (400, {"error": "invalid_grant"})
    assert server.asked[0].form == {"a": "b c"}


def test_n3_an_endpoint_elsewhere_is_refused_before_any_request() -> None:
    async def post(url: str, foreign: str) -> None:
        await Authority(url, make_dpop_key(), Network()).post(f"{foreign}/token", {"password": "p"})

    elsewhere = Scripted()
    with served(elsewhere) as foreign, served(Scripted()) as url, pytest.raises(NotAllowed) as caught:
        asyncio.run(post(url, foreign))
    assert caught.value.reason is Reason.FOREIGN_ADDRESS
    assert elsewhere.asked == []


def test_a_nonce_is_asked_for_once_only() -> None:
    async def post(url: str) -> int:
        return (await Authority(url, make_dpop_key(), Network()).post(f"{url}/token", {}))[0]

    server = Scripted({"/token": Say({"error": "use_dpop_nonce"}, 400, {"dpop-nonce": "n"})})
    with served(server) as url:
        assert asyncio.run(post(url)) == 400
    assert len(server.asked) == 2


def test_only_text_is_read_as_text() -> None:
    assert text_of({"a": "b"}, "a") == "b"
    assert text_of({"a": 1}, "a") == text_of({}, "a") == ""


def test_a_secret_is_revealed_for_a_request_only() -> None:
    assert reveal(SecretStr("s")) == "s"
    assert reveal(None) == ""
