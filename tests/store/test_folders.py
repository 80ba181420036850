"""Folders and pins as the store keeps them."""

from dataclasses import replace

import pytest

from mes_app.domain.folders import Arrangement, Folder
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.store.database import Connection
from mes_app.store.edits import create_record, delete_record, restore_record
from mes_app.store.folders import (
    add_folder,
    arrange_records,
    delete_folder,
    drop_empty_folder,
    find_arrangements,
    find_folder,
    list_folders,
    rename_folder,
)
from mes_app.store.folds import settle_folds
from mes_app.store.profiles import purge_profile
from mes_app.store.records import count_by_category, get_record
from mes_app.store.rows import WITHHELD
from tests.store.samples import CHILD, ME, make_incoming, make_version, make_when, make_written, save_one, save_page


def put(con: Connection, folder: str, *rids: str, profile: str = ME) -> list[str]:
    ids = [save_one(con, profile, make_incoming(rid)) for rid in rids]
    arrange_records(con, {lid: Arrangement(folder) for lid in ids})
    return ids


def test_folders_of_a_person_are_listed_by_the_alphabet_with_what_is_in_them(con: Connection) -> None:
    for name in ("Zona", "école", "Été"):
        add_folder(con, ME, name)
    put(con, "Été", "d1", "d2")
    put(con, "Celui de Léo", "d3", profile=CHILD.pid)
    assert list_folders(con, ME) == [Folder("école"), Folder("Été", 2), Folder("Zona")]
    assert list_folders(con, CHILD.pid) == [Folder("Celui de Léo", 1)]


def test_two_names_that_differ_by_accents_or_capitals_are_one_folder(con: Connection) -> None:
    assert add_folder(con, ME, " Été  2025 ") == "Été 2025"
    with pytest.raises(Rejected) as refused:
        add_folder(con, ME, "ete 2025")
    assert (refused.value.field, refused.value.reason) == ("name", Reason.NAME_TAKEN)
    assert add_folder(con, CHILD.pid, "ete 2025") == "ete 2025"
    (lid,) = put(con, "ETE 2025", "d1")
    assert get_record(con, lid).row.folder == find_folder(con, ME, "été 2025") == "Été 2025"


def test_a_folder_takes_another_name_and_its_documents_follow(con: Connection) -> None:
    (mine,), (other,) = put(con, "Genou", "d1"), put(con, "Genou", "d2", profile=CHILD.pid)
    assert rename_folder(con, ME, "Genou", "GENOU") == "GENOU"
    assert rename_folder(con, ME, "GENOU", "Jambe") == "Jambe"
    assert (get_record(con, mine).row.folder, get_record(con, other).row.folder) == ("Jambe", "Genou")
    add_folder(con, ME, "Dos")
    with pytest.raises(Rejected) as refused:
        rename_folder(con, ME, "Jambe", "dos")
    assert refused.value.reason is Reason.NAME_TAKEN
    assert [folder.name for folder in list_folders(con, ME)] == ["Dos", "Jambe"]


def test_a_folder_that_goes_leaves_its_documents(con: Connection) -> None:
    ids, (other,) = put(con, "Genou", "d1", "d2"), put(con, "Genou", "d3", profile=CHILD.pid)
    assert sorted(delete_folder(con, ME, "Genou")) == sorted(ids)
    assert [get_record(con, lid).row.folder for lid in (*ids, other)] == ["", "", "Genou"]
    assert list_folders(con, ME) == []
    assert delete_folder(con, ME, "Genou") == []


def test_only_an_empty_folder_is_dropped(con: Connection) -> None:
    put(con, "Plein", "d1")
    add_folder(con, ME, "Vide")
    for name in ("Plein", "Vide"):
        drop_empty_folder(con, ME, name)
    assert list_folders(con, ME) == [Folder("Plein", 1)]


def test_records_are_arranged_in_folders_that_are_made_where_there_are_none(con: Connection) -> None:
    first, second = put(con, "", "d1", "d2")
    wanted = {first: Arrangement("Genou", pinned=True), second: Arrangement("genou"), "none": Arrangement("Dos")}
    assert arrange_records(con, wanted) == [(ME, "Genou")]
    assert find_arrangements(con, [first, second, "none"]) == {
        first: Arrangement("Genou", pinned=True),
        second: Arrangement("Genou"),
    }
    arrange_records(con, {first: Arrangement()})
    assert find_arrangements(con, [first]) == {first: Arrangement()}
    with pytest.raises(Rejected) as refused:
        arrange_records(con, {first: Arrangement("a" * 51)})
    assert refused.value.reason is Reason.TOO_LONG


def test_a_new_version_of_the_server_leaves_a_document_where_it_is(con: Connection) -> None:
    lid = save_one(con, ME, make_version("1"))
    arrange_records(con, {lid: Arrangement("Genou", pinned=True)})
    save_page(con, ME, [make_version("2", "Corrigé")])
    row = get_record(con, lid).row
    assert (row.title, row.folder, row.pinned) == ("Corrigé", "Genou", True)


def test_z3_a_document_that_may_no_longer_be_seen_is_in_no_folder_and_not_pinned(con: Connection) -> None:
    lid = save_one(con, ME, make_version("1"))
    arrange_records(con, {lid: Arrangement("Genou", pinned=True)})
    save_page(con, ME, [replace(make_version("2"), overview=WITHHELD, body=b"")])
    assert con.execute("SELECT folder, pinned FROM res WHERE lid = ?", (lid,)).fetchall() == [("", 0)]
    assert list_folders(con, ME) == [Folder("Genou")]
    assert find_arrangements(con, [lid]) == {}


def test_categories_are_counted_in_one_folder_or_in_all(con: Connection) -> None:
    put(con, "Genou", "d1")
    save_one(con, ME, make_incoming("d2", category="ORD_SOIN"))
    assert count_by_category(con, ME, Kind.DOCUMENTS) == {"CPT_REND": 1, "ORD_SOIN": 1}
    assert count_by_category(con, ME, Kind.DOCUMENTS, folder="Genou") == {"CPT_REND": 1}


def test_a_document_that_was_never_sent_comes_back_from_a_deletion_where_it_was(con: Connection) -> None:
    lid = create_record(con, ME, make_written(), make_when())
    arrange_records(con, {lid: Arrangement("Genou", pinned=True)})
    back = restore_record(con, delete_record(con, lid, make_when(1)), make_when(2))
    assert back != lid
    assert find_arrangements(con, [back]) == {back: Arrangement("Genou", pinned=True)}


def test_a_deleted_document_is_not_counted(con: Connection) -> None:
    (lid,) = put(con, "Genou", "d1")
    delete_record(con, lid, make_when())
    assert list_folders(con, ME) == [Folder("Genou")]


def test_the_folders_of_a_person_go_with_them(con: Connection) -> None:
    put(con, "Genou", "d1", profile=CHILD.pid)
    purge_profile(con, CHILD.pid)
    assert con.execute("SELECT count(*) FROM folder").fetchone() == (0,)


def test_a_newer_version_takes_the_place_of_the_one_it_stands_for(con: Connection) -> None:
    (old,) = put(con, "Genou", "d1")
    arrange_records(con, {old: Arrangement("Genou", pinned=True)})
    new = save_one(con, ME, make_incoming("d2", replaces='["DocumentReference/d1"]'))
    settle_folds(con)
    assert find_arrangements(con, [old, new]) == {lid: Arrangement("Genou", pinned=True) for lid in (old, new)}
    assert list_folders(con, ME) == [Folder("Genou", 1)]
    arrange_records(con, {new: Arrangement()})
    settle_folds(con)
    assert find_arrangements(con, [new]) == {new: Arrangement()}


def test_one_that_has_a_folder_stays_in_it_whatever_it_stands_for(con: Connection) -> None:
    (new,) = put(con, "Dos", "d2")
    put(con, "Genou", "d1")
    save_page(con, ME, [make_incoming("d2", "2", replaces='["DocumentReference/d1"]')])
    settle_folds(con)
    assert find_arrangements(con, [new]) == {new: Arrangement("Dos")}
