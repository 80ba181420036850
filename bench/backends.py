"""The reference backend as a process, filled with one big record."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mes_app.domain.servers import ServerAccount
from mes_app.services.login import Login

BACKEND = [sys.executable, "-m", "mes_backend"]


@dataclass(frozen=True)
class Backend:
    """A running backend and the one account of its big record."""

    process: "subprocess.Popen[str]"
    url: str
    user: str
    password: str

    async def sign_in(self, login: Login) -> ServerAccount:
        """An enrolled device."""
        await login.send_password(await login.find_server(self.url), self.user, self.password)
        return await login.send_code(await asyncio.to_thread(_next_code, self.process))


@contextmanager
def run_backend(resources: int) -> Iterator[Backend]:
    """Serve one patient with ``resources`` resources until the block ends."""
    with TemporaryDirectory(prefix="mes-backend-bench-") as folder:
        database = f"sqlite:///{Path(folder) / 'load.db'}"
        seed = [*BACKEND, "seed", "load", "--patients", "1", "--resources", str(resources), "--database", database]
        user, password = subprocess.run(seed, capture_output=True, text=True, check=True).stdout.split()
        serve = [*BACKEND, "serve", "--json", "--database", database, "--port", "0"]
        with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
            yield Backend(process, _next(process, "listening")["url"], user, password)
            process.terminate()


def _next_code(process: "subprocess.Popen[str]") -> str:
    return str(_next(process, "code")["code"])


def _next(process: "subprocess.Popen[str]", name: str) -> dict[str, Any]:
    assert process.stdout
    events = (json.loads(line) for line in process.stdout if line.startswith("{"))
    return next(event for event in events if event["event"] == name)
