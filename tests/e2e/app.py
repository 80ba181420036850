"""The app as a process of its own, in browser mode, on a data folder and a system given by the test."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.terminal import PROGRAM

AGEING = "tests.e2e.ageing"
"""The app as a program where ``RunningApp.grow_old`` may be used."""


@dataclass(frozen=True)
class RunningApp:
    """``address``: the one that opens it in a browser, once."""

    process: "subprocess.Popen[str]"
    address: str

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The process does nothing meanwhile: what the browser shows is what it was told before."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def grow_old(self) -> None:
        """As if the owner had last proved to be there more than two minutes ago."""
        assert self.process.stdout
        self.process.send_signal(signal.SIGUSR1)
        self.process.stdout.readline()


@contextmanager
def run_app(data: Path, environment: Mapping[str, str], program: str = PROGRAM) -> Iterator[RunningApp]:
    """Start the app; the process is killed at the end, as a phone would."""
    command = [sys.executable, "-m", program, "--web", "--data", str(data)]
    silent = {**environment, "BROWSER": "true"}  # the test opens the address, nothing else may spend its token
    with subprocess.Popen(command, env=silent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield RunningApp(process, next(line.split()[-1] for line in process.stdout if "http://" in line))
        finally:
            process.kill()
