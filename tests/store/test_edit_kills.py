"""A process killed while it edits and syncs: no word that was said to be written is lost, and none is sent twice."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from mes_app.store.database import Connection
from mes_app.store.integrity import check_integrity
from mes_app.store.records import list_rows
from tests.forks import forked
from tests.store.editor import edit_forever
from tests.store.exchanges import KIND, Server, check_consistency, come_to_rest, pull, read_words
from tests.store.samples import ME, open_store

Words = dict[str, int | None]


@pytest.mark.parametrize("turns", [25, pytest.param(200, marks=pytest.mark.soak)])
def test_killed_while_editing_and_syncing_nothing_that_was_written_is_lost_or_sent_twice(
    family_store: Path, turns: int
) -> None:
    folder = family_store.parent
    written: Words = {}
    for turn in range(turns):
        about = edit_and_kill(folder, turn, written)
        with closing(open_store(family_store)) as con:
            check_integrity(con)
            check_consistency(con)
            held = read_all(con)
            if about and held.get(about[0]) == about[1]:
                written[about[0]] = about[1]  # what was not said to be written may be
            assert held == {lid: word for lid, word in written.items() if word is not None}
    with closing(open_store(family_store)) as con:
        agree(con, folder)


def edit_and_kill(folder: Path, turn: int, written: Words) -> tuple[str, int | None] | None:
    """One process, killed at one of its commits, or from outside: ``written`` follows; what it was about to write."""
    inside = turn % 3 < 2
    about: tuple[str, int | None] | None = None
    with forked(edit_forever, folder, turn, 1 + turn if inside else 0) as editor:
        for number, said in enumerate(editor.hear()):
            if about and not said:
                written[about[0]] = about[1]
            about = said
            if not inside and number == turn:
                editor.kill()
    return about


def read_all(con: Connection) -> Words:
    return {row.id: read_words(con, row.id)["mine"] for row in list_rows(con, ME, KIND, limit=1000)}


def agree(con: Connection, folder: Path) -> None:
    """Bring the sync to an end: what is here is there, once."""

    def run(change: object) -> object:
        return con.run_change(change)[0]  # type: ignore[arg-type]

    server = Server(folder / "server.db")
    before = sorted(str(word) for word in read_all(con).values())
    pull(con, run, server)
    come_to_rest(con, run, server)
    check_consistency(con)
    there = sorted(str(json.loads(record.body)["mine"]) for record in server.list())
    assert there == sorted(str(word) for word in read_all(con).values()) == before
    assert there
