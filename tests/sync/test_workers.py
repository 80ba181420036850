import asyncio
from collections import deque

import pytest

from mes_app.errors import Offline
from mes_app.sync.workers import run_workers


def test_workers_share_one_queue_and_are_bounded() -> None:
    waiting, at_once, most = deque(range(20)), 0, 0

    async def work() -> None:
        nonlocal at_once, most
        while waiting:
            waiting.popleft()
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0)
            at_once -= 1

    asyncio.run(run_workers(work, 3))
    assert most == 3


def test_the_first_error_ends_all_and_comes_out_as_it_is() -> None:
    ended: list[str] = []

    async def work() -> None:
        if not ended:
            ended.append("failed")
            raise Offline
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    with pytest.raises(Offline):
        asyncio.run(run_workers(work, 2))
    assert ended == ["failed", "cancelled"]
