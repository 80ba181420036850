"""The thread of the store: order, jobs let in, and ends that are awaited."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NoReturn

import pytest

from mes_app.store.threads import JobThread


def run(scenario: Callable[[JobThread], Awaitable[None]]) -> None:
    async def start() -> None:
        thread = JobThread()
        try:
            await scenario(thread)
        finally:
            thread.end(wait=True)

    asyncio.run(start())


def fail() -> NoReturn:
    raise KeyError("asked")


def test_jobs_run_in_their_order_on_one_thread_and_give_what_they_return() -> None:
    async def scenario(thread: JobThread) -> None:
        done: list[int] = []

        def job(number: int) -> int:
            done.append(number)
            return threading.get_ident()

        threads = await asyncio.gather(*(thread.run(partial(job, number)) for number in range(9)))
        assert done == list(range(9))
        assert len(set(threads)) == 1

    run(scenario)


def test_what_a_job_raises_is_raised_where_it_is_awaited_and_ends_nothing_else() -> None:
    async def scenario(thread: JobThread) -> None:
        for way in (thread.run, thread.run_alone):
            with pytest.raises(KeyError):
                await way(fail)
        assert await thread.run(lambda: "well") == "well"

    run(scenario)


def test_a_long_job_lets_the_waiting_ones_in_but_not_those_that_run_alone() -> None:
    async def scenario(thread: JobThread) -> None:
        told: list[str] = []
        begun, queued = threading.Event(), threading.Event()

        def work_long() -> None:
            begun.set()
            queued.wait()
            thread.let_others_in()
            told.append("long")

        long = asyncio.create_task(thread.run_alone(work_long))
        await asyncio.to_thread(begun.wait)
        alone = asyncio.create_task(thread.run_alone(lambda: told.append("alone")))
        short = [asyncio.create_task(thread.run(lambda: told.append("short"))) for _ in range(2)]
        failing = asyncio.create_task(thread.run(fail))
        await asyncio.sleep(0)
        queued.set()
        await asyncio.gather(long, alone, *short)
        assert told == ["short", "short", "long", "alone"]
        with pytest.raises(KeyError):
            await failing

    run(scenario)


def test_a_job_cancelled_before_its_turn_does_not_run() -> None:
    async def scenario(thread: JobThread) -> None:
        told: list[str] = []
        go_on = threading.Event()
        first = asyncio.create_task(thread.run(go_on.wait))
        second = asyncio.create_task(thread.run(lambda: told.append("second")))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        go_on.set()
        await first
        await thread.run(lambda: told.append("third"))
        assert told == ["third"]

    run(scenario)


def test_a_cancelled_wait_is_told_to_the_job_that_runs_alone_and_ends_with_it() -> None:
    async def scenario(thread: JobThread) -> None:
        begun, given_up, ended = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            begun.set()
            given_up.wait()
            ended.set()

        waiting = asyncio.create_task(thread.run_alone(work, given_up.set))
        await asyncio.to_thread(begun.wait)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert ended.is_set()

    run(scenario)
