"""Work done a few at once: what bounds both the requests in flight and the memory of a run."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

IN_FLIGHT = 4


@asynccontextmanager
async def task_group() -> AsyncIterator[asyncio.TaskGroup]:
    """A TaskGroup whose first error ends all its tasks and is raised as it is, without a group around it."""
    try:
        async with asyncio.TaskGroup() as group:
            yield group
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None


async def run_workers(worker: Callable[[], Coroutine[Any, Any, None]], count: int) -> None:
    """Run ``worker()`` ``count`` times at once, over a queue they share. Raises as ``task_group``."""
    async with task_group() as group:
        for _ in range(count):
            group.create_task(worker())
