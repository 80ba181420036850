"""The fifth schema, reached from the fourth, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.errors import Reason
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS, m0001_initial, m0002_upkeep, m0003_editing, m0004_keeping
from mes_app.store.migrations.m0005_refusals import migrate
from mes_app.store.outbox import list_pending
from tests.store.samples import open_store

STORED = Path(__file__).parents[1] / "old" / "v0005.db"
"""Written by version 5 with the key of the samples: of the parent one record refused, in its server's words."""


def test_of_what_the_fourth_version_refused_nothing_is_told() -> None:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    for before in (m0001_initial, m0002_upkeep, m0003_editing, m0004_keeping):
        before.migrate(con)
    con.execute(
        "INSERT INTO outbox (op_id, lid, op, base_ver, deps, state, attempts, next_at, reason)"
        " VALUES ('op', 'lid', 'C', '', '[]', 'quarantined', 1, 0, 'forbidden')"
    )
    con.execute("INSERT INTO profile VALUES ('me', NULL, '', '', '', '', 0, 1, 'active', '')")
    con.execute("INSERT INTO kept (profile, type, kind, title, body, whose) VALUES ('me', '', '', '', x'', 'mine')")
    migrate(con)
    assert con.execute("SELECT lid FROM kept").fetchall() == [("",)]
    assert con.execute("SELECT reason, told FROM outbox").fetchall() == [("forbidden", "")]


def test_a_store_made_with_version_5_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    (pending,) = list_pending(con)
    assert (pending.title, pending.reason, pending.told) == ("Refusé", Reason.NOT_ACCEPTED, "Date manquante")
    con.close()
