"""Command lines of one family: a vault each, a passphrase for it, no key store and nobody at the keyboard.

Only the sign-in, which answers a code sent meanwhile, is a process of its own: the other commands run in this one.
"""

import json
import os
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pyotp
import pytest

from mes_app.cli.running import run
from tests.journeys.backend import Backend
from tests.journeys.terminal import MesApp

PASSPHRASE = "une phrase assez longue"
ALEX_SECRET = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
LEO = ("--profile", "Léo")


class Device:
    """One vault and how its owner uses it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        bus = f"unix:path={folder / 'none'}"
        self.environment = {"MES_PIN": PASSPHRASE, "MES_LEAST_COST": "1", "DBUS_SESSION_BUS_ADDRESS": bus}
        self.app = MesApp(folder / "data", os.environ | self.environment)

    def sign_in(self, backend: Backend, user: str, secret: str | None = None) -> None:
        """With the code that the backend sends, or that of an authenticator which has ``secret``."""
        with self.app.start("login", "--server", backend.url, "--user", user) as login:
            assert login.stdin
            login.stdin.write(backend.password(user) + "\n")
            login.stdin.flush()
            code = backend.next_code(user) if secret is None else pyotp.TOTP(secret).now()
            login.stdin.write(code + "\n")
            login.stdin.flush()
            _, err = login.communicate()
        assert login.returncode == 0, err

    def ask(self, *words: str) -> Any:
        """The answer of a command that must succeed."""
        out, err = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as system, redirect_stdout(out), redirect_stderr(err):
            for name, value in self.environment.items():
                system.setenv(name, value)
            code = run([*words, "--json", "--data", str(self.app.data)])
        assert code == 0, err.getvalue()
        return json.loads(out.getvalue())

    def sync(self) -> dict[str, Any]:
        """Sync; what is not settled, all profiles together."""
        profiles = self.ask("sync")["profiles"]
        return {name: sum(profile[name] for profile in profiles) for name in ("unsent", "refused", "conflicts")}

    def write(self, *words: str, values: Mapping[str, str]) -> str:
        """Add or edit with the values of a form; the id of the record."""
        form = self.folder / "form.json"
        form.write_text(json.dumps(values), "utf-8")
        return str(self.ask(*words, "--from", str(form))["id"])

    def read(self, kind: str, *profile: str) -> list[dict[str, Any]]:
        """What this device lists of a section, without the ids that are its own."""
        return [row | {"id": ""} for row in self.ask("list", kind, *profile)]

    def find(self, kind: str, title: str, *profile: str) -> str:
        """The id that this device gives to the record with that title."""
        (found,) = [row["id"] for row in self.ask("list", kind, *profile) if row["title"] == title]
        return str(found)


SETTLED = {"unsent": 0, "refused": 0, "conflicts": 0}
