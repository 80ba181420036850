"""What the wire takes from outside: the network and the clock. Tests give faulty ones; nothing else varies."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]


def read_clock() -> datetime:
    """The device's time, UTC. Never compared with a server's: for ages of what is kept here only."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Network:
    """``transport`` makes the one of each client; None for httpx's own. ``sleep`` waits for busy servers."""

    transport: Callable[[], httpx.AsyncBaseTransport] | None = None
    now: Clock = read_clock
    sleep: Sleep = asyncio.sleep
