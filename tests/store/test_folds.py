"""Former versions and copies behind the document that stands for them."""

import json

import pytest

from mes_app.domain.document_filters import EVERY_DOCUMENT
from mes_app.domain.record import Change, Kind
from mes_app.domain.searching import parse_query
from mes_app.errors import Rejected
from mes_app.store.database import Connection
from mes_app.store.document_filters import count_documents, list_documents
from mes_app.store.edits import create_record, delete_record
from mes_app.store.folds import find_document_versions, list_folded, settle_folds
from mes_app.store.own_titles import set_own_title
from mes_app.store.places import Place, save_place
from mes_app.store.records import count_by_category, count_by_kind, get_record, list_rows, mark_read
from mes_app.store.rows import WITHHELD
from mes_app.store.search import find_documents, index_names
from tests.store.samples import CHILD, ME, make_incoming, make_overview, make_when, make_written, save_one, save_page


def save(con: Connection, rid: str, profile: str = ME, *, ver: str = "1", replaces: str = "", **told: object) -> str:
    replaced = json.dumps([replaces]) if replaces else ""
    lid = save_one(con, profile, make_incoming(rid, ver, title=rid, replaces=replaced, search=rid, **told))  # type: ignore[arg-type]
    settle_folds(con)
    return lid


def fill(con: Connection, lid: str, digest: bytes) -> None:
    save_place(con, lid, Place(lid, b"k"), 1, digest)
    settle_folds(con)


def listed(con: Connection, profile: str = ME) -> list[str]:
    return sorted(row.title for row in list_documents(con, profile, EVERY_DOCUMENT))


def told(con: Connection, lid: str) -> tuple[list[str], list[str], list[str]]:
    found = find_document_versions(con, lid)
    return tuple([row.title for row in rows] for rows in (found.previous, found.newer, found.same))  # type: ignore[return-value]


def test_z11_lists_counts_and_search_show_a_document_once_and_its_former_version_is_reached(con: Connection) -> None:
    old = save(con, "old")
    new = save(con, "new", replaces="DocumentReference/old")
    index_names(con)
    assert listed(con) == ["new"]
    assert [row.title for row in list_rows(con, ME, Kind.DOCUMENTS, unread=True)] == ["new"]
    assert count_documents(con, ME, EVERY_DOCUMENT) == 1
    assert count_by_category(con, ME, Kind.DOCUMENTS) == {"CPT_REND": 1}
    assert count_by_kind(con, ME) == {Kind.DOCUMENTS: 1}
    assert find_documents(con, ME, parse_query("old")) == []
    assert (told(con, new), told(con, old)) == ((["old"], [], []), ([], ["new"], []))
    assert get_record(con, old).row.title == "old"


def test_z11_of_one_unique_id_by_two_ways_the_newest_metadata_is_listed(con: Connection) -> None:
    first = save(con, "first", unique_id="u", upd="2024-06-02T00:00:00Z")
    save(con, "second", unique_id="u", upd="2024-06-01T00:00:00Z")
    assert listed(con) == ["first"]
    assert told(con, first) == ([], [], ["second"])
    save(con, "second", ver="2", unique_id="u", upd="2024-06-03T00:00:00Z")
    assert listed(con) == ["second"]


def test_a_copy_without_identifier_is_folded_once_its_content_has_come_and_stays_so_when_it_is_freed(
    con: Connection,
) -> None:
    lids = [save(con, rid) for rid in ("d1", "d2", "d3")]
    for lid, digest in zip(lids, (b"x", b"x", b"y"), strict=True):
        fill(con, lid, digest)
    once = listed(con)
    assert len(once) == 2
    assert "d3" in once
    con.execute("DELETE FROM blob")
    settle_folds(con)
    assert listed(con) == once
    fill(con, lids[0], b"z")
    assert listed(con) == ["d1", "d2", "d3"]


@pytest.mark.parametrize("order", [("old", "mid", "new"), ("new", "mid", "old"), ("mid", "new", "old")])
def test_versions_are_folded_in_whatever_order_they_come(con: Connection, order: tuple[str, ...]) -> None:
    replaced = {"old": "", "mid": "DocumentReference/old", "new": "urn:mid"}
    for rid in order:
        save(con, rid, replaces=replaced[rid], unique_id=f"urn:{rid}")
    assert listed(con) == ["new"]


def test_what_stood_for_another_gives_it_back_when_it_is_deleted_and_hides_it_again_when_restored(
    con: Connection,
) -> None:
    old = save(con, "old")
    new = save(con, "new", replaces="DocumentReference/old")
    deleted = delete_record(con, new, make_when())
    settle_folds(con)
    assert listed(con) == ["old"]
    assert told(con, old) == ([], [], [])
    con.execute("UPDATE res SET deleted = 0 WHERE lid = ?", (deleted.row.id,))
    settle_folds(con)
    assert listed(con) == ["new"]


def test_when_a_version_between_two_goes_the_oldest_stands_again(con: Connection) -> None:
    save(con, "old")
    mid = save(con, "mid", replaces="DocumentReference/old")
    save(con, "new", replaces="DocumentReference/mid")
    con.execute("DELETE FROM res WHERE lid = ?", (mid,))
    settle_folds(con)
    assert listed(con) == ["new", "old"]


def test_z3_a_withheld_document_neither_stands_for_another_nor_is_told_beside_it(con: Connection) -> None:
    old = save(con, "old", unique_id="u")
    save(con, "new", replaces="DocumentReference/old", unique_id="v")
    assert listed(con) == ["new"]
    save_page(con, ME, [make_incoming("new", "2", upd="2024-07-01T00:00:00Z", withheld=True)])
    settle_folds(con)
    assert listed(con) == ["old"]
    assert told(con, old) == ([], [], [])
    kept = con.execute("SELECT unique_id, replaces, digest, fold, behind FROM res WHERE rid = 'new'").fetchone()
    assert kept == ("", "", None, "", 0)
    assert (WITHHELD.unique_id, WITHHELD.replaces, WITHHELD.stay, WITHHELD.organization) == ("", "", "", "")


def test_z3_documents_of_two_people_are_never_folded_together(con: Connection) -> None:
    save(con, "d1", unique_id="u")
    lid = save(con, "d2", CHILD.pid, unique_id="u", replaces="DocumentReference/d1")
    assert (listed(con), listed(con, CHILD.pid)) == (["d1"], ["d2"])
    assert told(con, lid) == ([], [], [])


def test_a_document_of_ones_own_is_reached_from_what_stands_for_it_and_may_still_be_deleted(con: Connection) -> None:
    overview = make_overview(title="mine", unique_id="u")
    mine = create_record(con, ME, make_written("mine"), make_when())
    con.execute("UPDATE res SET unique_id = ? WHERE lid = ?", (overview.unique_id, mine))
    theirs = save(con, "theirs", unique_id="u")
    assert listed(con) == ["theirs"]
    assert told(con, theirs) == ([], [], ["mine"])
    assert list_folded(con, theirs) == [mine]
    delete_record(con, mine, make_when())
    settle_folds(con)
    assert list_folded(con, theirs) == []


def test_what_its_reader_called_it_and_that_it_was_read_follow_a_document(con: Connection) -> None:
    first = save(con, "first", unique_id="u", upd="2024-06-01T00:00:00Z")
    set_own_title(con, first, "Mon genou")
    mark_read(con, first)
    copy = get_record(con, save(con, "copy", unique_id="u", upd="2024-06-02T00:00:00Z")).row
    assert (copy.name, copy.unread) == ("Mon genou", False)
    newer = get_record(con, save(con, "newer", replaces="u", unique_id="v")).row
    assert (newer.name, newer.unread) == ("Mon genou", True)


def test_the_screens_are_told_when_a_document_goes_behind_another(con: Connection) -> None:
    save(con, "first", unique_id="u")
    save(con, "second")

    def change() -> None:
        con.execute("UPDATE res SET unique_id = 'u'")

    _, touched = con.run_change(change, [settle_folds])
    assert touched == frozenset()  # who writes says so
    _, touched = con.run_change(lambda: settle_folds(con))
    assert touched == {Change(ME, Kind.DOCUMENTS)}


def test_a_record_that_is_not_there_has_no_versions(con: Connection) -> None:
    with pytest.raises(Rejected):
        find_document_versions(con, "none")
