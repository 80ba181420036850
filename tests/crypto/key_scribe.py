"""A process that replaces a key file until it is killed. Not a test: run as ``python -m tests.crypto.key_scribe``.

Told the file and those that take its place in turn, it prints a line for each that is on the disk. Told a number before
them, it dies as it makes that call to the system, and the name of the call are its last words.
"""

import io
import os
import signal
import sys
from itertools import count, cycle
from pathlib import Path
from types import FrameType
from typing import Any

from mes_app.crypto.keys import read_keys, write_keys


def replace_forever(path: Path, drafts: list[Path]) -> None:
    for keys in cycle([read_keys(draft) for draft in drafts]):
        write_keys(path, keys)
        print("written", flush=True)


def die_at(step: int, path: Path, draft: Path) -> None:
    """Replace once, and live where there are no more than ``step`` calls."""
    keys, steps = read_keys(draft), count()

    def watch(_frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _calls_the_system(called) and next(steps) == step:
            os.write(1, called.__name__.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    write_keys(path, keys)
    sys.setprofile(None)


def _calls_the_system(called: Any) -> bool:
    return called.__module__ == os.open.__module__ or isinstance(called.__self__, io.BufferedWriter)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [step, path, draft] if step.isdigit():
            die_at(int(step), Path(path), Path(draft))
        case [path, *drafts]:
            replace_forever(Path(path), [Path(draft) for draft in drafts])
