"""The seventh schema, reached from the fourth, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.folders import Arrangement, Folder
from mes_app.domain.record import Kind
from mes_app.store.folders import find_arrangements, list_folders
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS
from mes_app.store.records import list_rows
from tests.store.samples import CHILD, PARENT, open_store

OLD = Path(__file__).parents[1] / "old"
STORED = OLD / "v0007.db"
"""Written by version 7 with the key of the samples: of the parent two documents in one folder, one of them pinned, and
an empty folder; of the child one document that is kept on the device."""


def test_what_was_pinned_is_kept_and_nothing_is_pinned_or_in_a_folder(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(OLD / "v0004.db", tmp_path / "store.db")))
    rows = {row.title: row for row in list_rows(con, PARENT.pid, Kind.DOCUMENTS)}
    assert {title: (row.kept, row.pinned, row.folder) for title, row in rows.items()} == {
        "Gardé": (True, False, ""),
        "Ouvert": (False, False, ""),
    }
    con.close()


def test_a_store_made_with_version_7_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert list_folders(con, PARENT.pid) == [Folder("Genou", 2), Folder("Vide")]
    rows = {row.title: row.id for row in list_rows(con, PARENT.pid, Kind.DOCUMENTS)}
    assert find_arrangements(con, [*rows.values()]) == {
        rows["Rangé"]: Arrangement("Genou"),
        rows["Épinglé"]: Arrangement("Genou", pinned=True),
    }
    (other,) = list_rows(con, CHILD.pid, Kind.DOCUMENTS)
    assert (other.title, other.kept, other.pinned) == ("Gardé", True, False)
    con.close()
