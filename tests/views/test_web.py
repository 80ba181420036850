"""The door of the browser mode, over a real socket: who may come in, and what everybody else is told."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from mes_app.views.web import Door, Receive, Scope, Send


async def inner(scope: Scope, receive: Receive, send: Send) -> None:
    """What the door protects: says hello, and accepts every connection."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": 1000})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"hello"})


@contextmanager
def serve() -> Iterator[tuple[Door, int]]:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    door = Door(inner, port)
    server = uvicorn.Server(uvicorn.Config(door, log_level="critical", lifespan="off", ws="websockets-sansio"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        yield door, port
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[httpx.Client]:
    """A browser that came in with the token."""
    with serve() as (door, port), httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        client.token = door.address  # type: ignore[attr-defined]
        assert client.get(door.address).status_code == 303
        yield client


@pytest.fixture
def stranger(browser: httpx.Client) -> Iterator[httpx.Client]:
    """A program of the same machine without the token."""
    with httpx.Client(base_url=browser.base_url) as client:
        yield client


def test_w1_the_token_gives_a_strict_cookie_and_leaves_the_address() -> None:
    with serve() as (door, _), httpx.Client() as client:
        answer = client.get(door.address)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/"
        assert "HttpOnly; SameSite=Strict; Path=/" in answer.headers["set-cookie"]
        assert door.address.split("t=")[1] not in answer.headers["set-cookie"]


def test_w1_the_browser_that_has_the_cookie_comes_in(browser: httpx.Client) -> None:
    assert browser.get("/").text == "hello"


def test_w1_without_the_token_nothing_is_served(stranger: httpx.Client) -> None:
    answers = [stranger.get(path) for path in ("/", "/?t=", "/?t=guess", "/main.dart.js", "/assets/icon.png")]
    assert [(answer.status_code, answer.text) for answer in answers] == [(403, "")] * 5


def test_w1_the_token_works_once(browser: httpx.Client, stranger: httpx.Client) -> None:
    assert stranger.get(browser.token).status_code == 403  # type: ignore[attr-defined]


@pytest.mark.parametrize("cookie", ["guess", "", '"', "é"])
def test_w1_a_wrong_cookie_is_refused(stranger: httpx.Client, cookie: str) -> None:
    port = stranger.base_url.port
    headers = {"cookie": f"mes-carnets-{port}={cookie}".encode()}
    assert stranger.get("/", headers=headers).status_code == 403  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1:1", "[::1]"])
def test_w2_another_host_is_refused_even_with_the_cookie(browser: httpx.Client, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_w2_another_origin_is_refused_even_with_the_cookie(browser: httpx.Client, origin: str) -> None:
    assert browser.get("/", headers={"origin": origin}).status_code == 403


def test_w2_another_host_cannot_spend_the_token() -> None:
    with serve() as (door, _), httpx.Client() as client:
        assert client.get(door.address, headers={"host": "evil.example"}).status_code == 403
        assert client.get(door.address).status_code == 303


def knock(browser: httpx.Client, *, cookie: bool, origin: str | None) -> ClientConnection:
    """Open the web socket of the app as a page of ``origin`` would, None as a program that states none."""
    address = str(browser.base_url).rstrip("/").replace("http", "ws")
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"cookie": cookies} if cookie else None
    return connect(f"{address}/ws", origin=Origin(origin) if origin else None, additional_headers=headers)


def own_origin(browser: httpx.Client) -> str:
    return str(browser.base_url).rstrip("/")


def test_w2_a_web_socket_without_the_cookie_is_refused(browser: httpx.Client) -> None:
    for origin in (None, own_origin(browser)):
        with pytest.raises(InvalidStatus) as refused:
            knock(browser, cookie=False, origin=origin)
        assert refused.value.response.status_code == 403


def test_w2_a_web_socket_of_another_page_is_refused_even_with_the_cookie(browser: httpx.Client) -> None:
    with pytest.raises(InvalidStatus):
        knock(browser, cookie=True, origin="https://evil.example")


def test_w2_the_web_socket_of_our_own_page_is_accepted(browser: httpx.Client) -> None:
    with knock(browser, cookie=True, origin=own_origin(browser)) as opened:
        assert list(opened) == []


def test_w3_every_answer_forbids_what_comes_from_elsewhere_and_is_never_cached(
    browser: httpx.Client, stranger: httpx.Client
) -> None:
    for answer in (browser.get("/"), stranger.get("/")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
