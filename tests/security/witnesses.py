"""The reference backend with a witness at its door, who notes every secret and may stop or spoil a visit."""

import asyncio
import json
import queue
import shutil
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from mes_backend.app import create_app
from mes_backend.seeding import Entry
from mes_backend.settings import Settings
from tests.backend.serving import QUICK_HASHER, served
from tests.sync.serving import Say, Scripted

SAID = (
    "password",
    "otp",
    "auth_session",
    "refresh_token",
    "code",
    "code_verifier",
    "access_token",
    "authorization_code",
)


@dataclass
class Witness:
    """``secrets``: what was said at the door, by what it is. ``instead``: the answer to a path, ours not being asked.

    ``stop_at``: a visit to a path that begins so waits, ``stopped`` is then set, and goes on with ``go_on``.
    """

    entries: list[Entry]
    url: str = ""
    secrets: dict[str, set[str]] = field(default_factory=dict)
    letters: "queue.Queue[Any]" = field(default_factory=queue.Queue)
    instead: dict[str, Say] = field(default_factory=dict)
    stop_at: str = ""
    stopped: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def note(self, name: str, value: str) -> None:
        self.secrets.setdefault(name, set()).add(value)

    def tokens(self) -> set[str]:
        """All that gives access, but for what the person types."""
        return set().union(*(said for name, said in self.secrets.items() if name not in ("password", "otp")))

    def typed(self) -> set[str]:
        """Passwords and one-time codes."""
        return self.secrets["password"] | self.secrets["otp"]

    def stop(self, path: str) -> None:
        """Make the next visit to ``path`` wait."""
        self.stopped.clear()
        self.go_on.clear()
        self.stop_at = path

    async def wait(self, path: str) -> None:
        if self.stop_at and path.startswith(self.stop_at):
            self.stop_at = ""
            self.stopped.set()
            await asyncio.to_thread(self.go_on.wait)


class Door:
    """The ASGI layer in front of the backend where the witness stands."""

    def __init__(self, app: Any, witness: Witness) -> None:
        self._app = app
        self._witness = witness

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        for name, value in scope["headers"]:
            if name in (b"authorization", b"dpop"):
                self._witness.note(name.decode(), value.decode().split()[-1])
        await self._witness.wait(scope["path"])
        if say := self._witness.instead.get(scope["path"]):
            await Scripted({scope["path"]: say})(scope, receive, send)
            return
        await self._app(scope, self._hear(receive), self._tell(send))

    def _hear(self, receive: Any) -> Any:
        async def hear() -> Any:
            message = await receive()
            form = parse_qs(message.get("body", b"").decode())
            self._note({name: values[0] for name, values in form.items()})
            return message

        return hear

    def _tell(self, send: Any) -> Any:
        async def tell(message: Any) -> None:
            if message.get("body", b"").startswith(b'{"') and len(message["body"]) < 10_000:
                self._note(json.loads(message["body"]))
            await send(message)

        return tell

    def _note(self, said: dict[str, Any]) -> None:
        for name in SAID:
            if isinstance(said.get(name), str):
                self._witness.note(name, said[name])


@contextmanager
def run_witness(seeded: Path, entries: list[Entry], folder: Path) -> Iterator[Witness]:
    """Serve a copy of the database that ``tests.sync.backends.seed`` made."""
    shutil.copy(seeded / "seed.db", folder / "server.db")
    witness = Witness(entries)

    def build(url: str) -> Any:
        settings = Settings(public_url=url, database=f"sqlite:///{folder / 'server.db'}")
        app = create_app(settings, hasher=QUICK_HASHER, announce=witness.letters.put)
        app.add_middleware(Door, witness=witness)
        return app

    with served(build) as witness.url:
        yield witness
