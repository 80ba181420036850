"""The fourth schema, reached from the third, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.keeping import Policy
from mes_app.domain.record import Kind
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.integrity import check_integrity
from mes_app.store.keeping import read_policy
from mes_app.store.migrations import MIGRATIONS, m0001_initial, m0002_upkeep, m0003_editing
from mes_app.store.migrations.m0004_keeping import migrate
from mes_app.store.pieces import Begun, Origin, find_begun
from mes_app.store.records import list_rows
from tests.store.samples import CHILD, PARENT, open_store

STORED = Path(__file__).parents[1] / "old" / "v0004.db"
"""Written by version 4 with the key of the samples: of the parent one document kept and one opened, of the child one
that has come in part; six months are kept."""


def test_contents_of_the_third_version_are_kept_and_nobody_asked_for_them() -> None:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    for before in (m0001_initial, m0002_upkeep, m0003_editing):
        before.migrate(con)
    con.execute("INSERT INTO blob VALUES ('lid', 'file', x'01', 1, x'02', 0)")
    migrate(con)
    assert con.execute("SELECT * FROM blob").fetchall() == [("lid", "file", b"\1", 1, b"\2", 0, 0)]


def test_a_store_made_with_version_4_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert read_policy(con) == Policy(months=6)
    rows = {row.title: row for row in list_rows(con, PARENT.pid, Kind.DOCUMENTS)}
    assert {title: row.kept for title, row in rows.items()} == {"Gardé": True, "Ouvert": False}
    assert con.execute("SELECT lid, asked FROM blob").fetchall() == [(rows["Ouvert"].id, 1)]
    (begun,) = list_rows(con, CHILD.pid, Kind.DOCUMENTS)
    assert find_begun(con, begun.id, "Binary/3") == Begun(Origin("Binary/3", '"1"'), b"%PDF")
    con.close()
