"""The door of the browser mode: only the browser that was given the token, only from this machine, nothing cached.

Flet's own web server answers any Host and any Origin. Everything reaches it through ``Door``, which is plain ASGI.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Door:
    """An ASGI app around ``app`` on 127.0.0.1:``port``.

    The address ``/?t=<token>`` works once and gives a strict cookie; without that cookie everything is refused with
    403, as is any other Host or Origin (cross-site requests, DNS rebinding).
    """

    def __init__(self, app: App, port: int) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie_name = f"mes-carnets-{port}"
        self._cookie = secrets.token_urlsafe(32)
        self._token = secrets.token_urlsafe(32)
        self._headers = _make_headers(port)
        self.address = f"http://127.0.0.1:{port}/?t={self._token}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        local = self._is_local(headers)
        if local and self._knows(headers):
            return await self._app(scope, receive, self._harden(send))
        if local and scope["type"] == "http" and self._spend(scope["query_string"]):
            return await _answer(send, 303, [(b"location", b"/"), (b"set-cookie", self._make_cookie())])
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        return await _answer(send, 403, self._headers)

    def _is_local(self, headers: dict[str, str]) -> bool:
        origin = headers.get("origin")
        return headers.get("host") in self._hosts and (origin is None or origin.removeprefix("http://") in self._hosts)

    def _knows(self, headers: dict[str, str]) -> bool:
        try:
            given = SimpleCookie(headers.get("cookie", "")).get(self._cookie_name)
        except CookieError:
            return False
        return given is not None and hmac.compare_digest(given.value.encode(), self._cookie.encode())

    def _spend(self, query: bytes) -> bool:
        """Whether ``query`` holds the token; from then on nothing does."""
        if not self._token or not hmac.compare_digest(query, f"t={self._token}".encode()):
            return False
        self._token = ""
        return True

    def _make_cookie(self) -> bytes:
        return f"{self._cookie_name}={self._cookie}; HttpOnly; SameSite=Strict; Path=/".encode()

    def _harden(self, send: Send) -> Send:
        async def send_hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        return send_hardened


def _make_headers(port: int) -> list[tuple[bytes, bytes]]:
    """What every answer carries. Flutter needs inline scripts and WebAssembly; nothing may come from elsewhere."""
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        f"connect-src 'self' blob: data: ws://127.0.0.1:{port} ws://localhost:{port}; "
        "frame-ancestors 'none'; object-src 'none'; base-uri 'self'"
    )
    return [
        (b"content-security-policy", policy.encode()),
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
