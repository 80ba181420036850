"""A figure: what we take, against what the plainest program that does the same takes."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Figure:
    """The least of all rounds, in seconds: whatever else the machine does only adds to it."""

    name: str
    ours: float
    reference: float

    @property
    def ratio(self) -> float:
        """How many times the reference."""
        return self.ours / self.reference


async def do_nothing() -> None:
    """Nothing to prepare."""


async def compare(name: str, ours: Work, reference: Work, rounds: int, prepare: Work = do_nothing) -> Figure:
    """Both in turn, so that a busy machine slows both; ``prepare`` comes before each turn and is not measured."""
    spent: list[float] = []
    referred: list[float] = []
    for _ in range(rounds):
        await prepare()
        referred.append(await _measure(reference))
        spent.append(await _measure(ours))
    return Figure(name, min(spent), min(referred))


async def _measure(work: Work) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began
