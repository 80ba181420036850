"""The rows that know where contents are."""

import pytest

from mes_app.domain.record import ContentState
from mes_app.errors import Rejected
from mes_app.store.database import Connection
from mes_app.store.eras import begin_era, list_stale
from mes_app.store.places import Place, find_place, find_sealed, list_digests, list_used_files, renew_place, save_place
from mes_app.store.records import get_record
from tests.store.samples import PARENT, make_incoming, save_one


@pytest.fixture
def record_id(con: Connection) -> str:
    return save_one(con, PARENT.pid, make_incoming())


def test_a_place_is_kept_with_its_record_and_gives_way_to_the_next(con: Connection, record_id: str) -> None:
    assert find_place(con, record_id) is None
    assert save_place(con, record_id, Place("1", b"a"), 1, b"") is None
    assert get_record(con, record_id).row.content is ContentState.STORED
    assert save_place(con, record_id, Place("2", b"b"), 1, b"") == "1"
    assert find_place(con, record_id) == Place("2", b"b")
    assert list_used_files(con) == {"2"}
    assert find_sealed(con, record_id) == (Place("2", b"b"), 1, b"")
    assert find_sealed(con, "none") is None


def test_a_place_of_no_record_is_refused(con: Connection) -> None:
    with pytest.raises(Rejected):
        save_place(con, "none", Place("1", b"a"), 1, b"")


def test_a_renewed_place_is_no_longer_stale_and_a_file_of_nobody_is_told(con: Connection, record_id: str) -> None:
    save_place(con, record_id, Place("1", b"a"), 1, b"")
    begin_era(con)
    assert renew_place(con, "1", Place("2", b"b"))
    assert (find_place(con, record_id), list_stale(con)) == (Place("2", b"b"), [])
    assert not renew_place(con, "1", Place("3", b"c"))


def test_a_key_does_not_print() -> None:
    assert "secret" not in repr(Place("1", b"secret"))


def test_the_contents_of_a_person_are_known_by_their_bytes(con: Connection, record_id: str) -> None:
    save_place(con, record_id, Place("1", b"a"), 1, b"\xab\xcd")
    assert list_digests(con, PARENT.pid) == [("abcd", record_id)]
    assert list_digests(con, "nobody") == []
