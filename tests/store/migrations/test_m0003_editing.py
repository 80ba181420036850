"""The third schema, reached from the second, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.record import Kind
from mes_app.store.conflicts import get_conflict, list_kept
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, m0001_initial, m0002_upkeep
from mes_app.store.migrations.m0003_editing import migrate
from mes_app.store.outbox import list_due
from mes_app.store.records import list_rows
from tests.store.samples import CHILD, PARENT, make_body, open_store

STORED = Path(__file__).parents[1] / "old" / "v0003.db"
"""Written by version 3 with the key of the samples: of the parent one record deleted and one refused, whose dependent
waits; of the child one in conflict, and a version that was not chosen."""


def test_records_and_changes_of_the_second_version_are_kept_shown_and_waiting() -> None:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    m0001_initial.migrate(con)
    m0002_upkeep.migrate(con)
    con.execute("INSERT INTO cursor VALUES ('parent', 'Condition', 'high', '', '', 0)")
    con.execute("INSERT INTO profile VALUES ('parent', NULL, '', '', '', '', 0, 1, 'active')")
    con.execute("INSERT INTO outbox VALUES (7, 'op', 'lid', 'U', '1', x'03', x'04', '[]', 'ready', 5, 6.5, 8)")
    migrate(con)
    kept = "SELECT seq, body, at, reason, status, sent FROM outbox"
    assert con.execute(kept).fetchall() == [(7, b"\4", 8, "", 0, 0)]
    assert con.execute("SELECT high, reconciled_at, runs FROM cursor").fetchall() == [("high", "", 0)]
    assert con.execute("SELECT state, refused_at FROM profile").fetchall() == [("active", "")]
    indexes = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%AND deleted = 0%'")}
    assert indexes == {"res_by_date", "res_by_category", "res_unread"}


def test_a_store_made_with_version_3_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert sorted(row.title for row in list_rows(con, PARENT.pid, Kind.DOCUMENTS)) == ["Dépendant", "Refusé"]
    assert [op.op for op in list_due(con, PARENT.pid, 0)] == ["D"]
    (row,) = list_rows(con, CHILD.pid, Kind.DOCUMENTS)
    conflict = get_conflict(con, row.id)
    assert [conflict.base, conflict.mine, conflict.theirs] == [make_body(at) for at in ("Avant", "Ici", "Ailleurs")]
    assert [kept.body for kept in list_kept(con, CHILD.pid)] == [make_body("Perdu")]
    con.close()
