"""The app as a process of its own, in browser mode, on a data folder and a system given by the test."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.terminal import COMMAND


@contextmanager
def run_app(data: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Start the app and yield the one address that opens it; the process is killed at the end, as a phone would."""
    command = [*COMMAND, "--web", "--data", str(data)]
    silent = {**environment, "BROWSER": "true"}  # the test opens the address, nothing else may spend its token
    with subprocess.Popen(command, env=silent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield next(line.split()[-1] for line in process.stdout if "http://" in line)
        finally:
            process.kill()
