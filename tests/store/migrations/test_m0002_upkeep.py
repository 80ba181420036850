"""The second schema, reached from the first, and a store that was made with it."""

import shutil
from datetime import date
from pathlib import Path

from mes_app.domain.record import Kind
from mes_app.store.drivers import SQLCIPHER, DriverConnection
from mes_app.store.eras import list_stale
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, m0001_initial
from mes_app.store.migrations.m0002_upkeep import migrate
from mes_app.store.outbox import get_pending_body, tally_pending
from mes_app.store.places import Place, find_place
from mes_app.store.records import list_rows
from tests.store.samples import CHILD, PARENT, open_store

STORED = Path(__file__).parents[1] / "old" / "v0002.db"
"""Written by version 2 with the key of the samples: as that of version 1, one content stale, one not, one change."""


def read_schema(con: DriverConnection, table: str) -> list[tuple[str, str]]:
    sql = "SELECT type, name FROM sqlite_master WHERE tbl_name = ? ORDER BY name"
    return con.execute(sql, (table,)).fetchall()


def test_contents_and_changes_of_the_first_version_are_kept_and_none_is_stale() -> None:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    m0001_initial.migrate(con)
    schema = read_schema(con, "outbox")
    con.execute("INSERT INTO blob VALUES ('lid', 'file', x'01', 1, x'02')")
    con.execute("INSERT INTO outbox VALUES (7, 'op', 'lid', 'U', '1', x'03', x'04', '[]', 'quarantined', 5, 6.5)")
    migrate(con)
    assert con.execute("SELECT * FROM blob").fetchall() == [("lid", "file", b"\1", 1, b"\2", 0)]
    (kept,) = con.execute("SELECT * FROM outbox").fetchall()
    assert kept[:-1] == (7, "op", "lid", "U", "1", b"\3", b"\4", "[]", "quarantined", 5, 6.5)
    assert kept[-1] > 0
    assert read_schema(con, "outbox") == schema


def test_a_store_made_with_version_2_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    ((mine,), (theirs,)) = (list_rows(con, profile.pid, Kind.DOCUMENTS) for profile in (PARENT, CHILD))
    assert list_stale(con) == [mine.id]
    assert find_place(con, theirs.id) == Place("present", b"present key")
    assert get_pending_body(con, theirs.id) == b'{"value":1.50}'
    assert tally_pending(con) == (1, date(2024, 6, 1))
    con.close()
