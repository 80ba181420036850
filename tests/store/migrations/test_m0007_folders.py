"""The seventh schema, reached from the fourth, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.record import Kind
from mes_app.store.records import list_rows
from tests.store.samples import PARENT, open_store

OLD = Path(__file__).parents[1] / "old"


def test_what_was_pinned_is_kept_and_nothing_is_pinned_or_in_a_folder(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(OLD / "v0004.db", tmp_path / "store.db")))
    rows = {row.title: row for row in list_rows(con, PARENT.pid, Kind.DOCUMENTS)}
    assert {title: (row.kept, row.pinned, row.folder) for title, row in rows.items()} == {
        "Gardé": (True, False, ""),
        "Ouvert": (False, False, ""),
    }
    con.close()
