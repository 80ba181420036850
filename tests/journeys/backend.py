"""The demonstration backend as a real process, as people meet it: an address, accounts, codes by mail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from mes_backend.cli import main

COMMAND = (sys.executable, "-m", "mes_backend")
PASSWORD = "un-mot-de-passe-long"


@dataclass
class Backend:
    """A running `mes-backend serve`, with the demonstration family."""

    command: list[str]
    accounts: list[dict[str, str]] = field(default_factory=list)
    url: str = ""

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

    def plug_in(self) -> None:
        """Serve, where it was served before the plug was pulled if it was."""
        port = self.url.rpartition(":")[2] or "0"
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([*self.command, "--port", port], stdin=pipe, stdout=pipe, text=True)
        listening = next(event for event in self.events() if event["event"] == "listening")
        self.url, self.accounts = listening["url"], listening["accounts"] or self.accounts

    def pull_the_plug(self) -> None:
        with self.process:
            self.process.kill()


def administer(*words: str) -> list[str]:
    """The lines with which the server answers its administrator, who gives every account the same password."""
    told = StringIO()
    with pytest.MonkeyPatch.context() as system, redirect_stdout(told):
        system.setenv("MES_PASSWORD", PASSWORD)
        assert main(words) == 0
    return told.getvalue().splitlines()


@contextmanager
def run_backend() -> Iterator[Backend]:
    """Serve the demonstration family until the block ends, or until its plug is pulled: nothing remains of it then."""
    with _serve(Backend([*COMMAND, "serve", "--demo", "--json"])) as backend:
        yield backend


@contextmanager
def run_lasting_backend(folder: Path) -> Iterator[Backend]:
    """The same, which remembers everything in ``folder`` when it is plugged in again."""
    database = ["--database", f"sqlite:///{folder / 'server.db'}"]
    seeded = administer("seed", "demo", *database)
    accounts = [dict(zip(("user", "password"), line.split(), strict=True)) for line in seeded]
    with _serve(Backend([*COMMAND, "serve", "--json", *database], accounts)) as backend:
        yield backend


@contextmanager
def run_new_backend(folder: Path, *users: str) -> Iterator[Backend]:
    """One in ``folder`` with the accounts of these adults of the Martin family, of whom nothing else is known."""
    database = ["--database", f"sqlite:///{folder / 'server.db'}"]
    for user in users:
        who = ["--given", user.partition(".")[0].title(), "--family", "Martin", "--birth-date", "1988-07-12"]
        administer("user", "add", user, "--email", f"{user}@famille.example", *who, *database)
    accounts = [{"user": user, "password": PASSWORD} for user in users]
    with _serve(Backend([*COMMAND, "serve", "--json", *database], accounts)) as backend:
        yield backend


def link_child(folder: Path, user: str, *who: str) -> str:
    """Tie a child to an account of the new backend in ``folder``; the id of the child there."""
    (rid,) = administer("user", "link-child", user, *who, "--database", f"sqlite:///{folder / 'server.db'}")
    return rid


@contextmanager
def _serve(backend: Backend) -> Iterator[Backend]:
    backend.plug_in()
    try:
        yield backend
    finally:
        backend.pull_the_plug()
