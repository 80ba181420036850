"""Whatever is edited, sent, answered and pulled: the store agrees with itself, and no word of the user is lost."""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mes_app.errors import Reason, Rejected
from mes_app.store.conflicts import list_conflicts, resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record, restore_record
from mes_app.store.outbox import acknowledge, list_due, list_inflight, mark_inflight, postpone, quarantine, release
from mes_app.store.records import Stored
from mes_app.store.versions import find_versions, require_versions
from tests.store.exchanges import LATE, Server, check_consistency, come_to_rest, pull, push, read_words, settle
from tests.store.samples import ME, make_version, make_when, make_written, merge_words, open_store, save_one

FATES = ("told", "lost", "never came", "refused", "killed")


class Story:
    """The user writes the word ``mine``, others the word ``other``: only a deletion can clash with a change.

    Each act takes a number that says on what it acts.
    """

    def __init__(self, store: Path) -> None:
        self.con = open_store(store)
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

    def create(self, _number: int) -> None:
        word = next(self.words)
        lid = self.run(lambda: create_record(self.con, ME, make_written(mine=word), make_when()))
        self.wanted[str(lid)] = word

    def change(self, number: int) -> None:
        if not self.wanted:
            return
        lid, word = self.pick(number), next(self.words)
        written = make_written(**(self.read(lid) | {"mine": word}))
        self.run(lambda: change_record(self.con, lid, written, make_when()))
        self.wanted[lid] = word

    def change_nothing(self, number: int) -> None:
        if not self.wanted:
            return
        lid = self.pick(number)
        written = make_written(**self.read(lid))
        self.run(lambda: change_record(self.con, lid, written, make_when()))

    def delete(self, number: int) -> None:
        if not self.wanted:
            return
        lid = self.pick(number)
        self.deleted.append(self.con.run_change(lambda: delete_record(self.con, lid, make_when()))[0])
        del self.wanted[lid]

    def restore(self, _number: int) -> None:
        if not self.deleted:
            return
        stored = self.deleted.pop()
        lid = self.run(lambda: restore_record(self.con, stored, make_when()))
        self.wanted[str(lid)] = json.loads(stored.body)["mine"]

    def send(self, number: int) -> None:
        fate = FATES[number % len(FATES)]
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

    def release(self, number: int) -> None:
        if not self.wanted:
            return
        self.run(lambda: release(self.con, self.pick(number), 0))

    def write_elsewhere(self, number: int) -> None:
        if records := self.server.list():
            record = records[number % len(records)]
            said = json.loads(record.body) | {"other": next(self.words)}
            self.server.write(record.rid, json.dumps(said).encode())

    def delete_elsewhere(self, number: int) -> None:
        if records := self.server.list():
            self.server.write(records[number % len(records)].rid, None)

    def sync(self, number: int) -> None:
        push(self.con, self.run, self.server)
        self.pull(number)

    def pull(self, _number: int) -> None:
        edited = {lid for (lid,) in self.con.execute("SELECT lid FROM outbox UNION SELECT lid FROM conflict")}
        pull(self.con, self.run, self.server)
        held = {lid for (lid,) in self.con.execute("SELECT lid FROM res")}
        for lid in self.wanted.keys() - edited - held:  # deleted elsewhere, and not edited here
            del self.wanted[lid]

    def settle_conflict(self, _number: int) -> None:
        if conflicts := list_conflicts(self.con):
            lid, mine = conflicts[0].row.id, conflicts[0].mine
            word = self.wanted.pop(lid, None)
            written = make_written(**json.loads(mine)) if mine else None
            self.run(lambda: resolve_conflict(self.con, lid, written, make_when()))
            if word is not None:
                self.wanted[self.find(word)] = word

    def find(self, word: int) -> str:
        """The record that was written here, though what the server had of it may still stand beside it."""
        sql = "SELECT lid, coalesce(overlay, mirror) FROM res JOIN body USING (lid) ORDER BY overlay IS NULL"
        bodies = self.con.execute(sql).fetchall()
        return next(str(lid) for lid, body in bodies if body and json.loads(body).get("mine") == word)

    def check(self) -> None:
        check_consistency(self.con)
        for lid, word in self.wanted.items():
            assert self.read(lid)["mine"] == word

    def end(self) -> None:
        """After a quiet moment, what is here is there, once."""
        self.pull(0)
        come_to_rest(self.con, self.run, self.server)
        check_consistency(self.con)
        there = sorted(json.loads(record.body)["mine"] for record in self.server.list())
        here = sorted(self.read(lid)["mine"] for (lid,) in self.con.execute("SELECT lid FROM res").fetchall())
        assert there == here == sorted(self.wanted.values())


ACTS = (
    *(Story.create, Story.change, Story.change, Story.change_nothing, Story.delete, Story.restore),
    *(Story.send, Story.send, Story.send, Story.sync, Story.pull, Story.release, Story.settle_conflict),
    *(Story.write_elsewhere, Story.delete_elsewhere),
)


@pytest.mark.parametrize("examples", [50, pytest.param(5000, marks=pytest.mark.soak)])
def test_whatever_happens_the_store_agrees_with_itself_and_no_word_of_the_user_is_lost(
    first_family_store: Path, tmp_path: Path, examples: int
) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 19)), min_size=10, max_size=40))
    def tell(steps: list[tuple[Callable[[Story, int], None], int]]) -> None:
        story = Story(Path(shutil.copy(first_family_store, tmp_path / "story.db")))
        with closing(story.con):
            for act, number in steps:
                act(story, number)
                story.check()
            story.end()

    tell()


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
