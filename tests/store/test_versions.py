"""Whatever is edited, sent, answered and pulled: the store agrees with itself, and no word of the user is lost."""

import json
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from mes_app.errors import Reason, Rejected
from mes_app.store.conflicts import list_conflicts, resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record, restore_record
from mes_app.store.outbox import acknowledge, list_due, list_inflight, mark_inflight, postpone, quarantine, release
from mes_app.store.records import Stored
from mes_app.store.versions import find_versions, require_versions
from tests.store.exchanges import LATE, ME, Server, check_consistency, come_to_rest, pull, push, read_words, settle
from tests.store.samples import make_version, make_when, make_written, merge_words, open_store, save_one

PICK = st.integers(0, 99)


class Editing(RuleBasedStateMachine):
    """The user writes the word ``mine``, others the word ``other``: only a deletion can clash with a change."""

    store: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.con = open_store(Path(shutil.copy(self.store, self._folder.name)))
        self.server = Server(":memory:")
        self.words = count()
        self.wanted: dict[str, int] = {}
        self.deleted: list[Stored] = []

    def run(self, change: Callable[[], object]) -> object:
        return self.con.run_change(change)[0]

    def pick(self, number: int) -> str:
        return sorted(self.wanted)[number % len(self.wanted)]

    def read(self, record_id: str) -> dict[str, Any]:
        return read_words(self.con, record_id)

    @rule()
    def create(self) -> None:
        word = next(self.words)
        lid = self.run(lambda: create_record(self.con, ME, make_written(mine=word), make_when()))
        self.wanted[str(lid)] = word

    @precondition(lambda self: self.wanted)
    @rule(number=PICK)
    def change(self, number: int) -> None:
        lid, word = self.pick(number), next(self.words)
        written = make_written(**(self.read(lid) | {"mine": word}))
        self.run(lambda: change_record(self.con, lid, written, make_when()))
        self.wanted[lid] = word

    @precondition(lambda self: self.wanted)
    @rule(number=PICK)
    def change_nothing(self, number: int) -> None:
        lid = self.pick(number)
        written = make_written(**self.read(lid))
        self.run(lambda: change_record(self.con, lid, written, make_when()))

    @precondition(lambda self: self.wanted)
    @rule(number=PICK)
    def delete(self, number: int) -> None:
        lid = self.pick(number)
        self.deleted.append(self.con.run_change(lambda: delete_record(self.con, lid, make_when()))[0])
        del self.wanted[lid]

    @precondition(lambda self: self.deleted)
    @rule()
    def restore(self) -> None:
        stored = self.deleted.pop()
        lid = self.run(lambda: restore_record(self.con, stored, make_when()))
        self.wanted[str(lid)] = json.loads(stored.body)["mine"]

    @rule(fate=st.sampled_from(("told", "told", "lost", "never came", "refused", "killed")))
    def send(self, fate: str) -> None:
        due = list_inflight(self.con, ME) or list_due(self.con, ME, LATE)
        if not due:
            return
        op = due[0]
        self.run(lambda: mark_inflight(self.con, op))
        if fate == "refused" and not op.sent:
            self.run(lambda: quarantine(self.con, op, Reason.NOT_ACCEPTED, 422))
            return
        answer = self.server.apply(op) if fate in ("told", "lost", "killed") else None
        if answer and fate == "told":
            settle(self.con, self.run, op, answer)
        elif fate != "killed":
            self.run(lambda: postpone(self.con, op, 0))

    @precondition(lambda self: self.wanted)
    @rule(number=PICK)
    def release(self, number: int) -> None:
        self.run(lambda: release(self.con, self.pick(number), 0))

    @rule(number=PICK)
    def write_elsewhere(self, number: int) -> None:
        if records := self.server.list():
            record = records[number % len(records)]
            said = json.loads(record.body) | {"other": next(self.words)}
            self.server.write(record.rid, json.dumps(said).encode())

    @rule(number=PICK)
    def delete_elsewhere(self, number: int) -> None:
        if records := self.server.list():
            self.server.write(records[number % len(records)].rid, None)

    @rule(pushing=st.booleans())
    def sync(self, pushing: bool) -> None:
        if pushing:
            push(self.con, self.run, self.server)
        edited = {lid for (lid,) in self.con.execute("SELECT lid FROM outbox UNION SELECT lid FROM conflict")}
        pull(self.con, self.run, self.server)
        held = {lid for (lid,) in self.con.execute("SELECT lid FROM res")}
        for lid in self.wanted.keys() - edited - held:  # deleted elsewhere, and not edited here
            del self.wanted[lid]

    @rule()
    def settle_conflict(self) -> None:
        if conflicts := list_conflicts(self.con):
            lid, mine = conflicts[0].row.id, conflicts[0].mine
            word = self.wanted.pop(lid, None)
            written = make_written(**json.loads(mine)) if mine else None
            self.run(lambda: resolve_conflict(self.con, lid, written, make_when()))
            if word is not None:
                self.wanted[self.find(word)] = word

    def find(self, word: int) -> str:
        bodies = self.con.execute("SELECT lid, coalesce(overlay, mirror) FROM res JOIN body USING (lid)").fetchall()
        (lid,) = [lid for lid, body in bodies if body and json.loads(body).get("mine") == word]
        return str(lid)

    @invariant()
    def the_store_agrees_with_itself(self) -> None:
        check_consistency(self.con)

    @invariant()
    def what_was_written_is_read(self) -> None:
        for lid, word in self.wanted.items():
            assert self.read(lid)["mine"] == word

    def teardown(self) -> None:
        self.sync(pushing=False)
        come_to_rest(self.con, self.run, self.server)
        check_consistency(self.con)
        there = sorted(json.loads(record.body)["mine"] for record in self.server.list())
        here = sorted(self.read(lid)["mine"] for (lid,) in self.con.execute("SELECT lid FROM res").fetchall())
        assert there == here == sorted(self.wanted.values())
        self.con.close()
        self._folder.cleanup()


@pytest.mark.parametrize("examples", [15, pytest.param(1000, marks=pytest.mark.soak)])
def test_whatever_happens_the_store_agrees_with_itself_and_no_word_of_the_user_is_lost(
    first_family_store: Path, examples: int
) -> None:
    class Here(Editing):
        store = first_family_store

    run_state_machine_as_test(Here, settings=settings(max_examples=examples, stateful_step_count=30, deadline=None))


def test_versions_of_an_unknown_record_are_refused_with_their_reason(con: Connection) -> None:
    assert find_versions(con, "none") is None
    with pytest.raises(Rejected) as refusal:
        require_versions(con, "none")
    assert refusal.value.reason is Reason.UNKNOWN_RECORD


def test_what_was_sent_is_the_floor_of_what_waits_behind_it(con: Connection) -> None:
    lid = save_one(con, ME, make_version("1"))
    assert require_versions(con, lid).floor == make_version("1").body
    change_record(con, lid, make_written("un"), make_when())
    (op,) = list_due(con, ME, 0)
    mark_inflight(con, op)
    change_record(con, lid, make_written("deux"), make_when())
    now = require_versions(con, lid)
    assert (now.floor, now.mine, now.written_at) == (
        make_written("un").body,
        make_written("deux").body,
        int(make_when().at.timestamp()),
    )
    acknowledge(con, op, make_version("2", "un"), merge_words)
    assert require_versions(con, lid).floor == make_version("2", "un").body
