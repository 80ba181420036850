"""The ninth schema, reached from a store that the sixth made."""

import shutil
from pathlib import Path

from mes_app.store.drivers import SQLCIPHER
from mes_app.store.integrity import check_integrity
from mes_app.store.migrations import m0009_analytes
from mes_app.store.openers import open_connection
from mes_app.store.search import list_unread
from tests.store.samples import make_key, open_store

STORED = Path(__file__).parents[1] / "old" / "v0006.db"


def test_a_store_of_the_sixth_version_opens_with_room_for_results(tmp_path: Path) -> None:
    con = open_store(Path(shutil.copy(STORED, tmp_path / "store.db")))
    check_integrity(con)
    assert con.execute("SELECT count(*) FROM searched_analytes").fetchone() == (0,)
    assert len(list_unread(con, 10)) == 1
    con.close()


def test_what_may_hold_results_is_read_again_and_what_cannot_is_not(tmp_path: Path) -> None:
    path = Path(shutil.copy(STORED, tmp_path / "store.db"))
    con = open_connection(path, make_key(), create=False, driver=SQLCIPHER)
    con.execute("DROP TABLE searched_analytes")
    found = [lid for (lid,) in con.execute("SELECT lid FROM searched ORDER BY id")]
    for lid, declared in zip(found, ("application/pdf", "text/xml"), strict=True):
        con.execute("UPDATE res SET content_type = ? WHERE lid = ?", (declared, lid))
    con.execute("UPDATE searched SET read = 1")
    m0009_analytes.migrate(con)
    con.close()
    again = open_store(path)
    assert [unread.record_id for unread in list_unread(again, 10)] == found[1:]
    again.close()
