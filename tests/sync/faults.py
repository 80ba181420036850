"""Networks that fail where a test says."""

import itertools
from collections.abc import Callable

import httpx

from mes_app.sync.networks import Network


class CutOff(httpx.AsyncBaseTransport):
    """The real network until ``allowed`` requests have left; then nobody answers any more."""

    def __init__(self, count: Callable[[], int], allowed: int) -> None:
        self._count = count
        self._allowed = allowed
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._count() >= self._allowed:
            raise httpx.ConnectError("unplugged")
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self._inner.aclose()


def cut_after(allowed: int) -> Network:
    """A network that goes away for good after ``allowed`` requests."""
    counter = itertools.count()
    return Network(lambda: CutOff(lambda: next(counter), allowed))
