"""What reconciliation knows of the store."""

from mes_app.store.conflicts import list_conflicts
from mes_app.store.cursors import Cursor, save_cursor
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.reconciliations import (
    Census,
    Held,
    forget_order,
    get_census,
    list_held,
    note_missing,
    save_census,
)
from mes_app.store.records import remove_records
from tests.store.samples import make_incoming, make_when, make_written, merge_words, save_page

DOCUMENT = "DocumentReference"


def find_lid(con: Connection, rid: str) -> str:
    return str(con.execute("SELECT lid FROM res WHERE rid = ?", (rid,)).fetchone()[0])


def test_what_the_server_should_have_is_held_withheld_and_deleted_here_included(con: Connection) -> None:
    save_page(con, "parent", [make_incoming("d1", "3"), make_incoming("d2", withheld=True), make_incoming("d3")])
    save_page(con, "child", [make_incoming("d4")])
    create_record(con, "parent", make_written(), make_when())
    delete_record(con, find_lid(con, "d3"), make_when())
    assert list_held(con, "parent", DOCUMENT) == {"d1": Held("3", 0), "d2": Held("1", 0), "d3": Held("1", 0)}
    assert get_census(con, "parent", DOCUMENT) == Census(live=3)


def test_what_is_asked_because_the_server_deleted_it_is_not_held(con: Connection) -> None:
    save_page(con, "parent", [make_incoming("d1")])
    change_record(con, find_lid(con, "d1"), make_written("Autre titre"), make_when())
    remove_records(con, "parent", [(DOCUMENT, "d1")], merge=merge_words)
    assert len(list_conflicts(con)) == 1
    assert list_held(con, "parent", DOCUMENT) == {}
    assert get_census(con, "parent", DOCUMENT).live == 0


def test_misses_are_counted_in_a_row(con: Connection) -> None:
    save_page(con, "parent", [make_incoming("d1"), make_incoming("d2")])
    note_missing(con, "parent", DOCUMENT, {"d1", "d2"})
    note_missing(con, "parent", DOCUMENT, {"d1"})
    assert list_held(con, "parent", DOCUMENT) == {"d1": Held("1", 2), "d2": Held("1", 0)}
    assert get_census(con, "parent", DOCUMENT) == Census(live=2, missing=1)
    note_missing(con, "parent", DOCUMENT, [])
    assert get_census(con, "parent", DOCUMENT).missing == 0


def test_a_census_is_kept_beside_the_cursor_and_outlives_it(con: Connection) -> None:
    save_cursor(con, "parent", DOCUMENT, Cursor("a"))
    save_census(con, "parent", DOCUMENT, Census("2026-01-01", 3, -1))
    save_cursor(con, "parent", DOCUMENT, Cursor("b"))
    assert get_census(con, "parent", DOCUMENT) == Census("2026-01-01", 3, -1)
    assert get_census(con, "child", DOCUMENT) == Census()


def test_the_order_of_versions_can_be_forgotten_even_of_a_removed_record(con: Connection) -> None:
    save_page(con, "parent", [make_incoming("d1", "2", "2024-06-02T00:00:00Z"), make_incoming("d2", "1")])
    remove_records(con, "parent", [(DOCUMENT, "d2")], merge=merge_words)
    older = [make_incoming("d1", "1", "2024-06-01T00:00:00Z"), make_incoming("d2", "1")]
    save_page(con, "parent", older)
    assert list_held(con, "parent", DOCUMENT) == {"d1": Held("2", 0)}
    for item in older:
        forget_order(con, "parent", DOCUMENT, item.rid, item.ver)
    save_page(con, "parent", older)
    assert list_held(con, "parent", DOCUMENT) == {"d1": Held("1", 0), "d2": Held("1", 0)}


def test_the_version_that_is_held_keeps_its_place_in_the_order(con: Connection) -> None:
    save_page(con, "parent", [make_incoming("d1", "2", "2024-06-02T00:00:00Z")])
    forget_order(con, "parent", DOCUMENT, "d1", "2")
    assert con.execute("SELECT upd FROM res WHERE rid = 'd1'").fetchone() == ("2024-06-02T00:00:00Z",)
