"""`mes-app` as a person runs it: a process of its own, secrets on its standard input."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from tests.programs import Ended, Program, run_program
from tests.stretching import Derived

PROGRAM = "mes_app"


class Answer(Ended):
    """How one command ended."""

    @property
    def data(self) -> Any:
        """The answer of a command run with --json."""
        return json.loads(self.out)


@dataclass(frozen=True)
class MesApp:
    """The command on one data folder and one system (its key store is in ``environment``).

    ``derived``: what the secrets typed so far gave, which takes most of the time of a short command.
    """

    data: Path
    environment: Mapping[str, str]
    program: str = PROGRAM
    derived: Derived = field(default_factory=dict)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """A program as Python starts it, to speak with or to look at from outside."""
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", self.program, *self._complete(words)]
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=dict(self.environment))

    def run(self, *words: str, secrets: str = "") -> Answer:
        """Run to the end; ``secrets`` are the lines of its standard input."""
        program = Program(self.program, self._complete(words), dict(self.environment), secrets)
        return Answer(*astuple(run_program(program, self.derived)))

    def _complete(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return (*words, "--data", str(self.data))
