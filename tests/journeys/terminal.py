"""`mes-app` as a person runs it: a process of its own, secrets on its standard input."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "mes_app")


@dataclass(frozen=True)
class Answer:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer of a command run with --json."""
        return json.loads(self.out)


@dataclass(frozen=True)
class MesApp:
    """The command on one data folder and one system (its key store is in ``environment``)."""

    data: Path
    environment: Mapping[str, str]
    command: Sequence[str] = COMMAND

    def start(self, *words: str) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        command = [*self.command, *words, "--data", str(self.data)]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=dict(self.environment))

    def run(self, *words: str, secrets: str = "") -> Answer:
        """Run to the end; ``secrets`` are the lines of its standard input."""
        with self.start(*words) as process:
            out, err = process.communicate(secrets)
        return Answer(process.returncode, out, err)
