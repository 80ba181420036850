"""When a process is to die, and the driver of the store through which its commits kill it."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, cast

import sqlcipher3

from mes_app.store.drivers import Driver, DriverConnection


class Moment(StrEnum):
    """Right before a commit, right after it; when the server has a change to make, or has made it, and is silent."""

    BEFORE_COMMIT = "before its commit"
    AFTER_COMMIT = "after its commit"
    BEFORE_WRITE = "before its write"
    AFTER_WRITE = "after its write"


@dataclass(frozen=True, slots=True)
class Fate:
    """The death of one process: the commit or write number ``number``, from 1. It never comes to number 0."""

    moment: Moment = Moment.BEFORE_COMMIT
    number: int = 0

    def __str__(self) -> str:
        return f"{self.moment} {self.number}"


NONE = Fate()
COMMITS = (Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT)
WRITES = (Moment.BEFORE_WRITE, Moment.AFTER_WRITE)


def spread(number: int, rounds: int, length: int, sides: tuple[Moment, Moment]) -> Fate:
    """Of round ``number``: both sides of each of ``length`` in turn, all of them where there are enough rounds."""
    place = number * 2 * length // rounds
    return Fate(sides[place % 2], 1 + place // 2)


class Mortal:
    """The real driver of the store, except that the process dies as ``fate`` says. ``commits``: how many there were."""

    def __init__(self, fate: Fate) -> None:
        self._fate = fate
        self.commits = 0

    def connect(self, database: str, /, **options: Any) -> DriverConnection:
        return cast(DriverConnection, sqlcipher3.connect(database, factory=partial(_Connection, self), **options))

    @property
    def driver(self) -> Driver:
        """The same, as the store takes it."""
        return cast(Driver, self)

    def begin_commit(self) -> None:
        self.commits += 1
        self._die_if(Moment.BEFORE_COMMIT)

    def end_commit(self) -> None:
        self._die_if(Moment.AFTER_COMMIT)

    def _die_if(self, moment: Moment) -> None:
        if self._fate == Fate(moment, self.commits):
            os.kill(os.getpid(), signal.SIGKILL)


class _Connection(sqlcipher3.Connection):  # type: ignore[misc]
    def __init__(self, mortal: Mortal, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._mortal = mortal

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Any:
        if sql != "COMMIT":
            return super().execute(sql, parameters)
        self._mortal.begin_commit()
        done = super().execute(sql)
        self._mortal.end_commit()
        return done
