"""What the wire takes from outside: the network and the clock. Tests give faulty ones; nothing else varies."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpx

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]


def read_clock() -> datetime:
    """The device's time, UTC. Never compared with a server's: for ages of what is kept here only."""
    return datetime.now(UTC)


@cache
def read_authorities() -> ssl.SSLContext:
    """TLS 1.2 or later, chain and host checked. Made once: reading the authorities takes longer than a request."""
    return httpx.create_ssl_context()


@dataclass(frozen=True)
class Network:
    """``transport`` makes the one of each client; None for httpx's own. ``sleep`` waits for busy servers."""

    transport: Callable[[], httpx.AsyncBaseTransport] | None = None
    now: Clock = read_clock
    sleep: Sleep = asyncio.sleep
