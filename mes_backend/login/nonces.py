"""Gives every answer the DPoP nonce to use next, so that clients seldom send a request twice."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mes_backend.login.proofs import Proofs


class NonceMiddleware:
    """Adds ``DPoP-Nonce`` to whatever ``app`` answers."""

    def __init__(self, app: ASGIApp, proofs: Proofs) -> None:
        self._app = app
        self._proofs = proofs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""

        async def send_with_nonce(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["DPoP-Nonce"] = self._proofs.make_nonce()
            await send(message)

        await self._app(scope, receive, send_with_nonce)
