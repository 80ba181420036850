"""The first schema, and a store that was made with it."""

import shutil
from pathlib import Path

from mes_app.domain.record import ContentState, Kind
from mes_app.store.cursors import get_cursor
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import MIGRATIONS
from mes_app.store.migrations.m0001_initial import migrate
from mes_app.store.preferences import get_preference
from mes_app.store.profiles import list_profiles
from mes_app.store.records import get_record, list_rows
from mes_app.store.shared import find_shared
from tests.store.samples import CHILD, PARENT, open_store

STORED = Path(__file__).parents[1] / "old" / "v0001.db"
"""Written by version 1 with the key of the samples: two profiles, one unread document each, a cursor and the like."""


def test_every_table_of_the_protocol_is_there() -> None:
    con = SQLCIPHER.connect(":memory:", isolation_level=None)
    migrate(con)
    tables = {name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    wanted = "profile res body blob outbox conflict tomb cursor shared draft preference journal"
    assert tables - {"sqlite_sequence"} == set(wanted.split())


def test_a_store_made_with_version_1_opens_with_all_it_held(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert list_profiles(con) == [PARENT, CHILD]
    for profile in (PARENT, CHILD):
        (row,) = list_rows(con, profile.pid, Kind.DOCUMENTS, unread=True)
        assert (row.title, row.search, row.content) == ("Compte rendu", "compte rendu", ContentState.REMOTE)
        assert get_record(con, row.id).body == profile.name.encode()
        assert get_cursor(con, profile.pid, "DocumentReference").high == "2024-06-01T00:00:00Z"
    assert find_shared(con, "Practitioner", "1") == b"{}"
    assert get_preference(con, "server") == {"user": "camille"}
    con.close()
