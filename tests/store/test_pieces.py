"""Contents that come in parts."""

from pathlib import Path

from mes_app.store.database import Connection
from mes_app.store.pieces import Begun, Origin, drop_pieces, find_begun, save_piece
from mes_app.store.withholding import forget_bodies
from tests.store.samples import PARENT, make_incoming, open_store, save_one

FIRST = Origin("Binary/1", '"1"')


def save(con: Connection, *parts: bytes) -> str:
    """A document of which ``parts`` have come."""
    record_id = save_one(con, PARENT.pid, make_incoming())
    start = 0
    for part in parts:
        assert save_piece(con, record_id, FIRST, start, part)
        start += len(part)
    return record_id


def test_what_has_come_is_found_in_its_order(con: Connection) -> None:
    record_id = save(con, b"%PDF", b"-1.7", b" ...")
    assert find_begun(con, record_id, FIRST.url) == Begun(FIRST, b"%PDF-1.7 ...")


def test_a_content_that_is_elsewhere_now_was_not_begun(con: Connection) -> None:
    assert find_begun(con, save(con, b"%PDF"), "Binary/2") is None
    assert find_begun(con, save_one(con, PARENT.pid, make_incoming("d2")), FIRST.url) is None


def test_a_piece_that_does_not_continue_what_is_here_is_not_kept(con: Connection) -> None:
    record_id = save(con, b"%PDF")
    for origin, start in ((FIRST, 3), (FIRST, 5), (Origin(FIRST.url, '"2"'), 4), (Origin("Binary/2", '"1"'), 4)):
        assert not save_piece(con, record_id, origin, start, b"x")
    assert not save_piece(con, "none", FIRST, 0, b"x")
    assert find_begun(con, record_id, FIRST.url) == Begun(FIRST, b"%PDF")


def test_a_first_piece_takes_the_place_of_all_that_was_kept(con: Connection) -> None:
    record_id = save(con, b"%PDF", b"-1.7")
    other = Origin(FIRST.url, '"2"')
    assert save_piece(con, record_id, other, 0, b"new")
    assert find_begun(con, record_id, FIRST.url) == Begun(other, b"new")


def test_pieces_are_dropped_alone_with_their_record_and_with_what_becomes_withheld(con: Connection) -> None:
    first, second = save(con, b"%PDF"), save_one(con, PARENT.pid, make_incoming("d2"))
    drop_pieces(con, first)
    assert find_begun(con, first, FIRST.url) is None
    save_piece(con, first, FIRST, 0, b"a")
    save_piece(con, second, FIRST, 0, b"b")
    forget_bodies(con, [first])
    con.execute("DELETE FROM res WHERE lid = ?", (second,))
    assert con.execute("SELECT count(*) FROM piece").fetchone() == (0,)


def test_s1_what_came_in_part_is_not_readable_on_the_disk(family_store: Path) -> None:
    con = open_store(family_store)
    save(con, b"CANARY" * 20_000)
    con.close()
    files = [path.read_bytes() for path in family_store.parent.iterdir() if path.is_file()]
    assert files
    assert not any(b"CANARY" in data for data in files)
