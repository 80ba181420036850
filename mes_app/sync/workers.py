"""A few workers over one queue: what bounds both the requests in flight and the memory of a run."""

import asyncio
from collections.abc import Awaitable, Callable

IN_FLIGHT = 4


async def run_workers(worker: Callable[[], Awaitable[None]], count: int = IN_FLIGHT) -> None:
    """Run ``worker()`` ``count`` times at once. The first error ends all of them and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(_as_coroutine(worker))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def _as_coroutine(worker: Callable[[], Awaitable[None]]) -> None:
    await worker()
