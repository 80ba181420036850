"""One HTTP client bound to one origin: the narrow door through which every request of the app leaves.

No redirect is followed here, no cookie of another origin is sent and no body is read past its limit. What a status
means is decided by those who asked (``Answer.check`` holds the common meaning).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Self

import httpx

from mes_app.errors import Reason, SessionExpired, Unreadable
from mes_app.fhir.outcomes import read_told
from mes_app.sync.addresses import parse_server, resolve
from mes_app.sync.bodies import read_limited
from mes_app.sync.failures import (
    DEFAULT_WAIT,
    from_change_status,
    from_status,
    read_http_date,
    read_retry_after,
    translated,
)
from mes_app.sync.networks import Network, read_authorities
from mes_app.sync.workers import IN_FLIGHT

PAGE_LIMIT = 64_000_000
FAULT_LIMIT = 64_000
TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=None)

Reader = Callable[[httpx.Response], Awaitable[bytes]]
"""Takes what a success brings while it comes; what it returns is the body of the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read to its end. ``body`` is empty where it was not worth reading (a failure longer than 64 kB)."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def date(self) -> datetime | None:
        """The server's clock when it answered, UTC."""
        return read_http_date(self.headers.get("date", ""))

    @property
    def after(self) -> int:
        """The seconds the server asks to wait."""
        stated = self.headers.get("retry-after")
        return read_retry_after(stated, self.date) if stated else DEFAULT_WAIT

    @property
    def content_type(self) -> str:
        """The media type without its parameters."""
        return name_content_type(self.headers)

    def check(self, *, change: bool = False) -> Self:
        """Itself when it is a success; otherwise raises what its status means, of a ``change`` where that differs."""
        if self.status == 401 and "insufficient_user_authentication" in self.headers.get("www-authenticate", ""):
            raise SessionExpired(Reason.CODE_REQUIRED)
        if error := (from_change_status if change else from_status)(self.status, self.after):
            error.told = read_told(self.body) if change else ""
            raise error
        return self


class Wire:
    """Requests to the origin of ``base``, four at most in flight."""

    def __init__(self, base: str, network: Network) -> None:
        self.base = parse_server(base)
        self._client = httpx.AsyncClient(
            transport=network.transport() if network.transport else None,
            verify=read_authorities(),
            timeout=TIMEOUT,
            limits=httpx.Limits(max_connections=IN_FLIGHT),
            headers={"Accept-Encoding": "gzip", "User-Agent": "mes-carnets"},
        )

    async def send(
        self,
        method: str,
        reference: str | httpx.URL,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        limit: int = PAGE_LIMIT,
        read: Reader | None = None,
    ) -> Answer:
        """Ask and read the whole answer, whatever its status; ``read`` has a success to itself, whose size it limits.

        Raises Offline, NotAllowed(FOREIGN_ADDRESS), Unreadable, and what ``read`` raises.
        """
        url = resolve(self.base, reference)
        with translated():
            async with self._client.stream(method, url, headers=headers, data=form, content=content) as response:
                body = await _read(response, read or partial(read_limited, limit=limit))
                return Answer(response.status_code, response.headers, body)

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def name_content_type(headers: httpx.Headers) -> str:
    """The media type without its parameters."""
    return str(headers.get("content-type", "")).split(";")[0].strip().lower()


async def _read(response: httpx.Response, read: Reader) -> bytes:
    if response.is_success:
        return await read(response)
    try:
        return await read_limited(response, FAULT_LIMIT)
    except Unreadable as error:
        if error.reason is Reason.TOO_LARGE:
            return b""
        raise
