"""A process that replaces a key file until it is killed. Not a test: forked by them."""

import io
import os
import signal
import sys
from itertools import count, cycle
from pathlib import Path
from types import FrameType
from typing import Any

from mes_app.crypto.keys import read_keys, write_keys
from tests.forks import Tell


def replace_forever(tell: Tell, path: Path, *drafts: Path) -> None:
    """Put each of ``drafts`` at ``path`` in turn; tell of each that is on the disk."""
    for keys in cycle([read_keys(draft) for draft in drafts]):
        write_keys(path, keys)
        tell("written")


def die_at(tell: Tell, step: int, path: Path, draft: Path) -> None:
    """Replace once and die as ``step`` calls to the system were made, told the name of the next; live with fewer."""
    keys, steps = read_keys(draft), count()

    def watch(_frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and _calls_the_system(called) and next(steps) == step:
            sys.setprofile(None)
            tell(called.__name__)
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    write_keys(path, keys)
    sys.setprofile(None)


def _calls_the_system(called: Any) -> bool:
    return called.__module__ == os.open.__module__ or isinstance(called.__self__, io.BufferedWriter)
