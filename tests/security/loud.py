"""`mes-app` with every logger at its most talkative: not a test, run by them as ``python -m tests.security.loud``."""

import logging
import sys

from mes_app.cli import main

if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    main(sys.argv[1:])
