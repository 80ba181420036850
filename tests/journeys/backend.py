"""The demonstration backend as a real process, as people meet it: an address, accounts, codes by mail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Backend:
    """A running `mes-backend serve --demo`."""

    process: "subprocess.Popen[str]"
    url: str
    accounts: list[dict[str, str]]

    def password(self, user: str) -> str:
        return next(account["password"] for account in self.accounts if account["user"] == user)

    def next_code(self, user: str) -> str:
        """The one-time code that the backend sends next to ``user``."""
        return next(str(e["code"]) for e in self.events() if e.get("event") == "code" and e["user"] == user)

    def events(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("{"):
                yield json.loads(line)

    def pull_the_plug(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def run_backend(port: int = 0) -> Iterator[Backend]:
    """Serve the demonstration family until the block ends."""
    command = [sys.executable, "-m", "mes_backend", "serve", "--demo", "--json", "--port", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        backend = Backend(process, "", [])
        listening = next(event for event in backend.events() if event["event"] == "listening")
        backend.url, backend.accounts = listening["url"], listening["accounts"]
        try:
            yield backend
        finally:
            process.kill()
