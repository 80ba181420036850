"""A process that edits and syncs until it is killed. Not a test: forked by them.

It tells what it is about to write of a record, then None once that is on the disk.
"""

import json
import os
import random
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.ids import make_id
from mes_app.store.outbox import list_due, mark_inflight, postpone
from mes_app.store.records import list_rows
from tests.forks import Tell
from tests.store.exchanges import KIND, LATE, Server, pull, push, read_words
from tests.store.samples import ME, make_when, make_written, open_store


class Editor:
    """Acts at random until the commit number ``last``: killed within it, or right after."""

    def __init__(self, tell: Tell, folder: Path, turn: int, last: int) -> None:
        self._tell = tell
        self._con = open_store(folder / "store.db")
        self._server = Server(folder / "server.db")
        self._random = random.Random(turn)  # noqa: S311
        self._words = count(turn * 1000)
        self._left = last
        self._dies_within = turn % 2 == 0

    def act_forever(self) -> None:
        acts = (self._create, self._change, self._change, self._delete, self._sync, self._lose_answer, self._meddle)
        while True:
            self._random.choice(acts)()

    def _run(self, change: Callable[[], object]) -> object:
        self._left -= 1
        dies = self._left == 0

        def die_within(*_: object) -> None:
            if dies and self._dies_within:
                os.kill(os.getpid(), signal.SIGKILL)

        result, _ = self._con.run_change(change, (die_within,))
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    def _write(self, record_id: str, word: int | None, change: Callable[[], object]) -> None:
        self._tell((record_id, word))
        self._run(change)
        self._tell(None)

    def _pick(self) -> str | None:
        rows = list_rows(self._con, ME, KIND)
        return self._random.choice(rows).id if rows else None

    def _create(self) -> None:
        record_id, word = make_id(), next(self._words)
        written = make_written(mine=word)
        self._write(record_id, word, lambda: create_record(self._con, ME, written, make_when(), record_id=record_id))

    def _change(self) -> None:
        if record_id := self._pick():
            word = next(self._words)
            written = make_written(**(read_words(self._con, record_id) | {"mine": word}))
            self._write(record_id, word, lambda: change_record(self._con, record_id, written, make_when()))

    def _delete(self) -> None:
        if record_id := self._pick():
            self._write(record_id, None, lambda: delete_record(self._con, record_id, make_when()))

    def _sync(self) -> None:
        push(self._con, self._run, self._server)
        pull(self._con, self._run, self._server)

    def _lose_answer(self) -> None:
        for op in list_due(self._con, ME, LATE)[:1]:
            self._run(lambda op=op: mark_inflight(self._con, op))  # type: ignore[misc]
            self._server.apply(op)
            self._run(lambda op=op: postpone(self._con, op, 0))  # type: ignore[misc]

    def _meddle(self) -> None:
        for record in self._server.list()[:3]:
            said = json.loads(record.body) | {"other": next(self._words)}
            self._server.write(record.rid, json.dumps(said).encode())


def edit_forever(tell: Tell, folder: Path, turn: int, last: int) -> None:
    """Edit the store in ``folder`` by the dice of ``turn``, until the commit number ``last``, if not 0."""
    Editor(tell, folder, turn, last).act_forever()
