"""Which contents wait for a new key."""

from mes_app.store.database import Connection
from mes_app.store.eras import begin_era, list_stale
from mes_app.store.places import Place, save_place
from tests.store.samples import PARENT, make_incoming, save_one


def test_a_new_era_makes_every_content_stale_but_those_saved_later(con: Connection) -> None:
    first, second = (save_one(con, PARENT.pid, make_incoming(rid)) for rid in ("d1", "d2"))
    save_place(con, first, Place("1", b"key"), 1, b"")
    assert list_stale(con) == []
    begin_era(con)
    save_place(con, second, Place("2", b"key"), 1, b"")
    assert list_stale(con) == [first]
    save_place(con, first, Place("3", b"key"), 1, b"")
    assert list_stale(con) == []
