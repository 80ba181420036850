"""The one thread of the store: jobs one after the other, and long jobs that let the others in."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class JobThread:
    """Runs jobs on a thread of its own, in the order they come."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()

    async def run(self, job: Callable[[], T]) -> T:
        """The result of ``job``, run in its turn or when a long job lets it in."""
        future: Future[T] = Future()
        self._waiting.put(partial(_settle, future, job))
        self._pool.submit(self._run_next)
        return await asyncio.wrap_future(future)

    async def run_alone(self, job: Callable[[], T], give_up: Callable[[], None] = lambda: None) -> T:
        """The result of ``job``, never run in the middle of another. Ends when the job has, even when cancelled.

        ``give_up`` is called from the event loop when nobody waits for the result any more.
        """
        return await see_through(asyncio.get_running_loop().run_in_executor(self._pool, job), give_up)

    def let_others_in(self) -> None:
        """From within a job: run those that wait in ``run``, then go on."""
        while self._run_next():
            pass

    def end(self, *, wait: bool) -> None:
        """Take no more jobs."""
        self._pool.shutdown(wait=wait)

    def _run_next(self) -> bool:
        try:
            settle = self._waiting.get_nowait()
        except Empty:  # a long job has let it in
            return False
        settle()
        return True


async def see_through(running: "asyncio.Future[T]", give_up: Callable[[], None] = lambda: None) -> T:
    """The result of ``running``; when cancelled, call ``give_up``, and wait all the same until it has ended."""
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        give_up()
        await asyncio.wait([running])
        if not running.cancelled():
            running.exception()  # asked for here, or asyncio logs that nobody did
        raise


def _settle(future: Future[T], job: Callable[[], T]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except BaseException as error:  # noqa: BLE001 (raised again where the result is awaited)
        future.set_exception(error)
        del future  # the trace of the error holds this frame: no ring, so that both go at once
    else:
        future.set_result(result)
