"""A phone of the simulation that lives in a process of its own, which can be killed, or here, where oracles look."""

from collections.abc import Callable
from typing import Any, TypeVar

from mes_app.store.database import Database
from mes_app.store.edits import When, Written
from tests.forks import PROCESSES
from tests.sync.kills.fates import NONE, Fate
from tests.sync.kills.lives import live
from tests.sync.simulation.devices import Device

T = TypeVar("T")
KILLED = -9


class Dead(Exception):
    """The process is gone; what it was asked is done or not."""


class FarDatabase(Database):
    """The store of another process."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask

    async def read(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return self._ask("read", query, *args, **kwargs)  # type: ignore[no-any-return]

    async def write(self, change: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return self._ask("write", change, *args, **kwargs)  # type: ignore[no-any-return]


class Phone(Device):
    """``start`` begins a process, ``open`` (of every device) opens the store in this one."""

    async def start(self, fate: Fate = NONE) -> None:
        """Begin a process that will die as ``fate`` says."""
        self._pipe, end = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=live, args=(self.folder, fate, self.now(), end), daemon=True)
        self._process.start()
        end.close()
        self.database = FarDatabase(self.ask)

    def ask(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """What the process answers. Raises Dead when it died instead."""
        try:
            self._pipe.send((self.now(), name, args, kwargs))
            return self._pipe.recv()
        except (EOFError, ConnectionError):
            raise Dead from None

    async def file(self, pid: str, written: Written, when: When, data: bytes) -> None:
        """File a document."""
        self.ask("file", pid, written, when, data)

    async def sync_there(self) -> None:
        """One run over the real network, which nothing disturbs but death."""
        assert self.ask("sync") == ""

    def kill_process(self) -> None:
        """End it at once; from any thread."""
        self._process.kill()

    async def bury(self) -> None:
        """Wait for the end of a process that was killed."""
        self._process.join()
        assert self._process.exitcode == KILLED
        self._pipe.close()
