from contextlib import closing
from pathlib import Path

from mes_app.domain.folders import Arrangement
from mes_app.store.database import Connection
from mes_app.store.edits import create_record
from mes_app.store.folders import arrange_records, list_folders
from mes_app.store.journal import list_acts
from mes_app.store.moves import move_content, move_records
from mes_app.store.places import Place, find_place, save_place
from mes_app.store.records import get_record, list_rows
from tests.store.samples import CHILD, ME, make_when, make_written, open_store, save_one
from tests.store.samples import make_incoming as received


def test_what_hangs_from_a_record_goes_with_it_and_nothing_else(family_store: Path) -> None:
    def move(con: Connection) -> None:
        moved, kept = (create_record(con, ME, make_written(title), make_when()) for title in ("Photo", "Autre"))
        arrange_records(
            con, {moved: Arrangement("Naissance", pinned=True), kept: Arrangement("Naissance", pinned=False)}
        )
        save_place(con, moved, Place("file", b"key"), 3, b"digest")
        assert move_records(con, [moved], CHILD.pid) == [(CHILD.pid, "Naissance")]
        row = get_record(con, moved).row
        assert (row.profile, row.folder, row.pinned) == (CHILD.pid, "Naissance", True)
        assert find_place(con, moved) == Place("file", b"key")
        assert [act.record for act in list_acts(con, CHILD.pid)] == [moved]
        assert [act.record for act in list_acts(con, ME)] == [kept]
        assert [(folder.name, folder.count) for folder in list_folders(con, ME)] == [("Naissance", 1)]
        assert con.execute("SELECT 1 FROM fold_due WHERE lid = ?", (moved,)).fetchone()

    with closing(open_store(family_store)) as con:
        con.run_change(lambda: move(con))
        assert [row.title for row in list_rows(con, CHILD.pid, received().overview.kind)] == ["Photo"]


def test_what_a_server_has_never_moves(family_store: Path) -> None:
    with closing(open_store(family_store)) as con:
        lid = save_one(con, ME, received())
        assert move_records(con, [lid], CHILD.pid) == []
        assert get_record(con, lid).row.profile == ME


def test_a_content_becomes_that_of_another_record(family_store: Path) -> None:
    with closing(open_store(family_store)) as con:
        one, other = (create_record(con, ME, make_written(title), make_when()) for title in ("Photo", "Autre"))
        save_place(con, one, Place("file", b"key"), 3, b"digest")
        move_content(con, one, other)
        assert (find_place(con, one), find_place(con, other)) == (None, Place("file", b"key"))
        assert get_record(con, other).row.content == "stored"
