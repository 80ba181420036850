"""Titles of one's own: here only, kept whatever comes, gone with what may no longer be seen."""

import pytest

from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.folders import Arrangement
from mes_app.domain.searching import Place, parse_query
from mes_app.errors import Rejected
from mes_app.store.database import Connection
from mes_app.store.document_filters import list_documents
from mes_app.store.edits import create_record, delete_record, restore_record
from mes_app.store.folders import arrange_records
from mes_app.store.own_titles import read_own_title, set_own_title
from mes_app.store.records import get_record
from mes_app.store.search import Unread, find_documents, index_names, pack_words, save_words
from tests.store.samples import ME, make_incoming, make_version, make_when, make_written, save_one, save_page


def test_a_title_of_ones_own_survives_the_next_version_and_gives_way_when_it_is_emptied(
    con: Connection, known: str
) -> None:
    assert set_own_title(con, known, "Mon genou") == ""
    save_page(con, ME, [make_version("2", "Après")])
    row = get_record(con, known).row
    assert (row.title, row.own_title, row.name) == ("Après", "Mon genou", "Mon genou")
    assert set_own_title(con, known, "") == "Mon genou"
    assert get_record(con, known).row.name == "Après"


def test_a_document_is_found_by_both_titles(con: Connection, known: str) -> None:
    def find(text: str) -> list[Place]:
        index_names(con)
        return [found.place for found in find_documents(con, ME, parse_query(text))]

    set_own_title(con, known, "Mon genou")
    assert (find("genou"), find("avant")) == ([Place.TITLE], [Place.TITLE])
    save_words(con, [(Unread(known, None), pack_words("Ménisque"))])
    assert (find("genou"), find("avant"), find("ménisque")) == ([Place.TITLE], [Place.TITLE], [Place.TEXT])
    set_own_title(con, known, "")
    assert (find("genou"), find("avant")) == ([], [Place.TITLE])


def test_documents_are_ranged_by_the_title_they_are_called_by_page_after_page(con: Connection) -> None:
    for rid, title in (("d1", "b"), ("d2", "d"), ("d3", "f")):
        item = make_version("1", title, rid)
        save_one(con, ME, item)
        con.execute("UPDATE res SET search = ? WHERE rid = ?", (title, rid))
    first = con.execute("SELECT lid FROM res WHERE rid = 'd1'").fetchone()[0]
    set_own_title(con, first, "É")
    chosen, names = DocumentFilter(order=Order.TITLE), []
    after = None
    while page := list_documents(con, ME, chosen, after=after, limit=1):
        after = page[-1]
        names.append(after.name)
    assert names == ["d", "É", "f"]


def test_undoing_the_deletion_of_what_was_never_sent_brings_its_title_back(con: Connection) -> None:
    lid = create_record(con, ME, make_written("un"), make_when())
    set_own_title(con, lid, "Mon genou")
    restored = restore_record(con, delete_record(con, lid, make_when()), make_when())
    assert read_own_title(con, restored) == "Mon genou"


def test_z3_nothing_is_left_of_the_title_and_place_of_a_document_that_becomes_withheld(
    con: Connection, known: str
) -> None:
    set_own_title(con, known, "Mon genou")
    arrange_records(con, {known: Arrangement("Genou", pinned=True)})
    save_page(con, ME, [make_incoming("d1", "2", "2024-07-01T00:00:00Z", withheld=True)])
    kept = con.execute("SELECT own_title, own_search, folder, pinned FROM res").fetchall()
    assert kept == [("", "", "", 0)]
    with pytest.raises(Rejected):
        read_own_title(con, known)
    with pytest.raises(Rejected):
        set_own_title(con, known, "x")
