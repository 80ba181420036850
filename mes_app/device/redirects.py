"""Where the browser comes back after a sign-in: one address on this machine, for one answer (RFC 8252 §7.3)."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import h11

_LIMIT = 16_384


class Redirects:
    """Listens at ``address`` until the browser has come, and shows it ``words``."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._path = f"/{secrets.token_urlsafe(16)}"
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.address = ""

    async def wait(self) -> str:
        """Path and query that the browser came with. Waits as long as it takes: cancel it to give up."""
        return await self._answer

    async def listen(self) -> asyncio.Server:
        """Begin to listen on a free port of this machine only."""
        server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=_LIMIT)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{self._path}"
        return server

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_LIMIT)
        try:
            target = await _read_target(connection, reader)
            found = target.partition("?")[0] == self._path
            writer.write(_make_page(connection, self._words if found else ""))
            await writer.drain()
            if found and not self._answer.done():
                self._answer.set_result(target)
        except (h11.ProtocolError, ConnectionError):
            pass  # somebody else at this port: the browser is still to come
        finally:
            writer.close()


@asynccontextmanager
async def open_redirects(words: str) -> AsyncIterator[Redirects]:
    """An address for one sign-in, closed at the end of the block; ``words`` tell that the app has what it needs."""
    redirects = Redirects(words)
    server = await redirects.listen()
    try:
        yield redirects
    finally:
        server.close()


async def _read_target(connection: h11.Connection, reader: asyncio.StreamReader) -> str:
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            return event.target.decode("ascii") if event.method == b"GET" else ""
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_LIMIT))
        else:
            raise h11.RemoteProtocolError("no request")


def _make_page(connection: h11.Connection, words: str) -> bytes:
    """A page from which nothing of the answer leaks; without words, that there is none."""
    page = f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mes carnets</title><p>{words}'.encode()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(page))),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("Connection", "close"),
    ]
    head = connection.send(h11.Response(status_code=200 if words else 404, headers=headers))
    body, end = connection.send(h11.Data(page)), connection.send(h11.EndOfMessage())
    return (head or b"") + (body or b"") + (end or b"")
