"""`mes-app` with every logger at its most talkative: not a test, run by them as ``python -m tests.security.loud``."""

import logging
import sys
from collections.abc import Sequence

from mes_app.cli import main


def speak(words: Sequence[str]) -> None:
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    main(words)


if __name__ == "__main__":
    speak(sys.argv[1:])
