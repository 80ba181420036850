"""Programs of ours run to their end, as ``python -m`` runs them, but for the second that it takes to import the app.

The process is its own: it has arguments, an environment and standard streams, and may end of a signal.
"""

import os
import runpy
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from mes_app.sync.networks import read_authorities
from tests.forks import Tell, forked
from tests.stretching import Derived, stretch_once


@dataclass(frozen=True)
class Program:
    """``typed``: the lines of its standard input."""

    module: str
    words: tuple[str, ...]
    environment: Mapping[str, str]
    typed: str = ""


@dataclass(frozen=True)
class Ended:
    """How a program ended, below zero if of a signal, and what it wrote."""

    code: int
    out: str
    err: str


def run_program(program: Program, derived: Derived) -> Ended:
    """``derived``: what others derived before, and what it derives."""
    with TemporaryDirectory() as folder:
        with forked(_become, Path(folder), program, derived) as running:
            derived.update(running.hear())
            code = running.wait()
        return Ended(code, *((Path(folder) / stream).read_text("utf-8") for stream in ("out", "err")))


def _become(tell: Tell, folder: Path, program: Program, derived: Derived) -> None:
    _open_streams(folder, program.typed)
    sys.argv = [program.module, *program.words]
    os.environ.clear()
    os.environ.update(program.environment)
    read_authorities.cache_clear()  # those of this environment
    with stretch_once(derived, tell):
        runpy.run_module(program.module, run_name="__main__")


def _open_streams(folder: Path, typed: str) -> None:
    reading, writing = os.pipe()
    os.write(writing, typed.encode())
    os.close(writing)
    os.dup2(reading, 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
