"""`mes-app` that tells whom it contacts: not a test, run by them as ``python -m tests.security.guarded``.

Each address connected to and each name looked up is a line of the file that CONTACTS names. Local sockets are not told.
"""

import os
import sys
from pathlib import Path
from typing import Any

from mes_app.cli import main


def watch(event: str, facts: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(facts[1], tuple):
        tell(f"{facts[1][0]}:{facts[1][1]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        tell(f"{event} {facts[0]}")


def tell(contact: str) -> None:
    with Path(os.environ["CONTACTS"]).open("a", encoding="utf-8") as file:
        file.write(f"{contact}\n")


if __name__ == "__main__":
    sys.addaudithook(watch)
    main(sys.argv[1:])
