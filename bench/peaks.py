"""The memory that the first sync of 10,000 resources takes at its highest, told by a process of its own. Linux only."""

import asyncio
import re
import subprocess
import sys
from pathlib import Path

from bench.backends import run_backend
from bench.pulling import RESOURCES, sync_first
from bench.vaults import new_carnets

LIMIT = 64_000_000
"""Bytes that a phone can spare."""

_STATUS, _MARKS = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"


def measure_growth() -> int:
    """Bytes, from a device that is signed in to one that has it all; in a new process, which has nothing to reuse."""
    program = [sys.executable, "-m", "bench.peaks"]
    return int(subprocess.run(program, capture_output=True, text=True, check=True).stdout)


async def _sync() -> int:
    with run_backend(RESOURCES) as backend:
        async with new_carnets() as carnets:
            before = 0

            async def begin() -> None:
                nonlocal before
                before = _begin()

            await sync_first(backend, carnets, begin)
            return _read("VmHWM") - before


def _begin() -> int:
    """Bytes in use; the peak so far, when the key of the vault was derived, is forgotten."""
    _MARKS.write_text(_FORGET_PEAK)
    return _read("VmRSS")


def _read(name: str) -> int:
    found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text())
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    print(asyncio.run(_sync()))
