"""`mes-app`, loud, killed as it changes a file: not a test, run by them as ``python -m tests.security.mortal``.

DIES_AT is a pattern of "what path", such as ``os.rename .*keys.json``: the first change that it finds is not made.
"""

import os
import re
import signal
import sys
from typing import Any

from tests.security.loud import speak

CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")


def watch(event: str, facts: tuple[Any, ...]) -> None:
    if event in CHANGES and re.search(os.environ["DIES_AT"], f"{event} {facts[0]}"):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.addaudithook(watch)
    speak(sys.argv[1:])
