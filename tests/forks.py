"""Processes to be killed. Each is forked from one that has imported what they do, and so starts at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

Tell = Callable[[Any], None]
"""How such a process says what it has come to: whatever can be pickled, in less than a page."""

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "keyring.backends.SecretService",
        "mes_app.cli",
        "mes_app.device.secret_services",
        "tests.crypto.key_scribe",
        "tests.services.backup_scribe",
        "tests.services.dying",
        "tests.services.join_scribe",
        "tests.store.editor",
        "tests.store.scribe",
        "tests.sync.dying",
        "tests.sync.kills.beginnings",
    ]
)


@dataclass(frozen=True)
class Fork:
    """A process that runs, and what it says."""

    process: ForkServerProcess
    said: "Connection[Any, Any]"

    def hear(self) -> Iterator[Any]:
        """All it says and has not been heard, until it is dead."""
        while True:
            try:
                yield self.said.recv()
            except EOFError:
                return

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> int:
        """The code that it ends with, below zero that of the signal which killed it."""
        self.process.join()
        assert self.process.exitcode is not None
        return self.process.exitcode


@contextmanager
def forked(act: Callable[..., None], *facts: Any) -> Iterator[Fork]:
    """A process that calls ``act(tell, *facts)``, a function of a module; dead when the block ends."""
    said, tell = PROCESSES.Pipe(duplex=False)
    with said:
        with tell:
            process = PROCESSES.Process(target=act, args=(tell.send, *facts))
            process.start()
        fork = Fork(process, said)
        try:
            yield fork
        finally:
            fork.kill()
            fork.wait()
            process.close()
