"""Finding documents by their words, and never one that may not be seen."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter
from mes_app.domain.documents import Category
from mes_app.domain.searching import Place, parse_query
from mes_app.fhir.overviews import summarise
from mes_app.store.copies import copy_store
from mes_app.store.database import Connection
from mes_app.store.drivers import SQLCIPHER
from mes_app.store.edits import create_record, delete_record, restore_record
from mes_app.store.ids import make_id
from mes_app.store.integrity import check_integrity
from mes_app.store.pages import Incoming
from mes_app.store.places import Place as FilePlace
from mes_app.store.places import renew_place, save_place
from mes_app.store.profiles import purge_profile
from mes_app.store.records import find_record
from mes_app.store.search import (
    Unread,
    count_unread,
    find_documents,
    index_names,
    list_unread,
    pack_words,
    save_words,
)
from tests.store.samples import (
    CHILD,
    JUNE,
    ME,
    make_incoming,
    make_key,
    make_when,
    make_written,
    open_store,
    save_one,
    save_page,
)

CANARY = "myocardite"


def save_document(con: Connection, title: str, author: str = "", text: str = "", *, rid: str = "", **told: Any) -> str:
    """A document of the parent with that content; its id."""
    item = make_incoming(rid or make_id(), title=title, subtitle=author, **told)
    record_id = save_one(con, ME, item)
    if text:
        put_content(con, record_id, text)
    index_names(con)
    return record_id


def put_content(con: Connection, record_id: str, text: str) -> None:
    """What the store knows of a content once it is here and read."""
    digest = hashlib.sha256(text.encode()).digest()
    save_place(con, record_id, FilePlace(make_id(), b"key"), len(text), digest)
    save_words(con, [(Unread(record_id, digest), pack_words(text))])


def find(con: Connection, text: str, profile: str = ME, chosen: DocumentFilter = EVERY_DOCUMENT) -> list[str]:
    return [match.row.title for match in find_documents(con, profile, parse_query(text), chosen=chosen)]


def count_traces(con: Connection, word: str) -> int:
    """How many documents of anybody the index itself has under ``word``."""
    (count,) = con.execute("SELECT count(*) FROM words WHERE words MATCH ?", (f'"{word}"',)).fetchone()
    return int(count)


def test_a_document_is_found_by_three_letters_of_its_doctor_of_a_medicine_or_of_an_organ(con: Connection) -> None:
    save_document(con, "Ordonnance", "Dr Karim Benali", "Metformine 500 mg, un comprimé matin et soir")
    save_document(con, "Échographie", "Dr Anne Roy", "Les deux genoux sont sans anomalie")
    assert [find(con, text) for text in ("ben", "met", "gen")] == [["Ordonnance"], ["Ordonnance"], ["Échographie"]]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Hémorragie évaluée", "hemorragie evaluee"),
        ("Hemorragie evaluee", "hémorragie évaluée"),
        ("Néphrologie", "ne\u0301phrologie"),
        ("Ne\u0301phrologie", "néphrologie"),
        ("Œdème du cœur", "oedeme coeur"),
        ("Oedeme du coeur", "œdème cœur"),
        ("la ﬁèvre", "fievre"),
        ("la fièvre", "ﬁevre"),
        ("l’hémorragie", "l'hemorragie"),
        ("l'hémorragie", "d’hémorragie"),
        ("Hémorragie", "qu'hémorragie"),
        ("une analyse", "analyses"),
        ("des analyses", "analyse"),
        ("le genou", "genoux"),
        ("les genoux", "genou"),
        ("MÉDICAMENTS pris", "medicament pris"),
        ("bilan rénal", "bilans rénaux"),
        ("HbA1c 7,2 %", "hba1c"),
        ("test COVID-19", "covid-19"),
    ],
)
def test_z3_words_are_found_whatever_their_accents_ligatures_apostrophes_and_number(
    con: Connection, written: str, typed: str
) -> None:
    save_document(con, "Contenu", text=written)
    save_document(con, written)
    assert sorted(find(con, typed)) == sorted(["Contenu", written])


@pytest.mark.parametrize(
    "typed", ['a"b', "NEAR(", "AND", "OR NOT", "*", "(", "title:", "{text}", "covid-19", "\0", "^a"]
)
def test_whatever_is_typed_is_no_command(con: Connection, typed: str) -> None:
    save_document(con, "Compte rendu", text="and or not near title text")
    terms = parse_query(typed)
    assert not terms or isinstance(find_documents(con, ME, terms), list)


def test_the_title_counts_more_than_the_author_and_the_author_more_than_the_content(con: Connection) -> None:
    save_document(con, "Autre", text="adressé par le Dr Roy", date_key="2026-01-01")
    save_document(con, "Lettre", "Dr Roy", date_key="2025-01-01")
    save_document(con, "Lettre au Dr Roy", date_key="2020-01-01")
    save_document(con, "Lettre du Dr Roy", date_key="2021-01-01")
    found = find_documents(con, ME, parse_query("roy"))
    assert [match.row.title for match in found] == ["Lettre du Dr Roy", "Lettre au Dr Roy", "Lettre", "Autre"]
    assert [match.place for match in found] == [Place.TITLE, Place.TITLE, Place.AUTHOR, Place.TEXT]
    assert [match.text for match in found] == ["", "", "", "adressé par le Dr Roy"]


def test_words_may_stand_in_different_places(con: Connection) -> None:
    save_document(con, "Ordonnance", "Dr Benali", "Metformine")
    save_document(con, "Ordonnance", "Dr Roy", "Metformine")
    assert len(find_documents(con, ME, parse_query("ordonnance benali metf"))) == 1


def test_pages_follow_each_other_without_gap_or_repetition(con: Connection) -> None:
    for number in range(9):
        title, text = (("Genou", ""), ("Autre", "genou"))[number % 2]
        save_document(con, title, text=text, date_key=f"2024-0{1 + number % 3}-01")
    every = find_documents(con, ME, parse_query("genou"))
    paged = find_documents(con, ME, parse_query("genou"), limit=2)
    while page := find_documents(con, ME, parse_query("genou"), after=paged[-1], limit=2):
        paged += page
    assert len(every) == 9
    assert paged == every


def test_a_category_is_kept_to(con: Connection) -> None:
    save_document(con, "Genou", category="BIOLOGIE")
    save_document(con, "Genou droit", category="CPT_REND")
    assert find(con, "genou", chosen=DocumentFilter(category=Category.LABORATORY)) == ["Genou"]
    assert find(con, "genou", chosen=DocumentFilter(hidden=True)) == []


def test_another_person_finds_nothing_of_it(con: Connection) -> None:
    save_document(con, "Genou", text=CANARY)
    assert find(con, CANARY, CHILD.pid) == []
    assert find(con, "genou", CHILD.pid) == []


def test_a_new_title_takes_the_place_of_the_former_one_and_the_content_stays_found(con: Connection) -> None:
    save_document(con, "Avant", text=CANARY, rid="d1")
    save_page(con, ME, [make_incoming("d1", "2", "2024-06-02T00:00:00Z", title="Après")])
    index_names(con)
    assert (find(con, "avant"), find(con, "apres"), find(con, CANARY)) == ([], ["Après"], ["Après"])


def test_a_new_content_takes_the_place_of_the_former_one(con: Connection) -> None:
    record_id = save_document(con, "Lettre", text="ancienne")
    put_content(con, record_id, "nouvelle")
    assert (find(con, "ancienne"), find(con, "nouvelle")) == ([], ["Lettre"])


def test_what_was_read_of_a_content_that_changed_meanwhile_is_not_kept(con: Connection) -> None:
    record_id = save_document(con, "Lettre")
    save_place(con, record_id, FilePlace("a", b"key"), 1, b"first")
    (unread,) = list_unread(con, 10)
    save_place(con, record_id, FilePlace("b", b"key"), 1, b"second")
    save_words(con, [(unread, pack_words("ancienne"))])
    assert find(con, "ancienne") == []
    assert list_unread(con, 10) == [Unread(record_id, b"second")]


def test_a_content_is_read_once_and_again_when_it_comes_or_changes(con: Connection) -> None:
    record_id = save_document(con, "Lettre")
    save_words(con, [(Unread(record_id, None), None)])
    assert count_unread(con) == 0
    put_content(con, record_id, "un")
    assert count_unread(con) == 0
    (file,) = con.execute("SELECT file FROM blob").fetchone()
    assert renew_place(con, file, FilePlace("renewed", b"key"))
    assert count_unread(con) == 0
    save_place(con, record_id, FilePlace("c", b"key"), 1, b"other")
    assert list_unread(con, 10) == [Unread(record_id, b"other")]


def test_a_content_that_was_freed_is_still_found(con: Connection) -> None:
    save_document(con, "Lettre", text=CANARY)
    con.execute("DELETE FROM blob")
    assert find(con, CANARY) == ["Lettre"]


def test_z3_a_record_that_is_withheld_is_never_in_the_index(con: Connection) -> None:
    save_page(con, ME, [make_incoming("d1", title=CANARY, withheld=True)])
    index_names(con)
    assert count_traces(con, CANARY) == 0
    assert con.execute("SELECT count(*) FROM searched").fetchone() == (0,)


@pytest.mark.parametrize("label", ["INVISIBLE_PATIENT", "INVISIBLE_REPRESENTANTS_LEGAUX"])
def test_z3_what_its_labels_hide_from_the_viewer_is_never_in_the_index(con: Connection, label: str) -> None:
    save_resource(con, CANARY, holder=label == "INVISIBLE_PATIENT", securityLabel=[{"coding": [{"code": label}]}])
    assert count_traces(con, CANARY) == 0
    assert list_unread(con, 10) == []


def test_z15_a_document_of_an_unknown_code_system_and_type_is_found(con: Connection) -> None:
    unknown = {"coding": [{"system": "urn:oid:1.2.3.4", "code": "XYZ-0"}]}
    attachment = {"contentType": "application/x-never-seen", "url": "Binary/1"}
    save_resource(con, CANARY, holder=True, type=unknown, category=[unknown], content=[{"attachment": attachment}])
    assert find(con, CANARY[:5]) == [CANARY]


def save_resource(con: Connection, title: str, *, holder: bool, **told: Any) -> None:
    """A document as a server says it."""
    resource = {"resourceType": "DocumentReference", "status": "current", "description": title} | told
    overview = summarise(resource, holder=holder)
    save_page(con, ME, [Incoming("DocumentReference", "r1", "1", JUNE, json.dumps(resource).encode(), overview)])
    index_names(con)


@pytest.fixture
def seen(con: Connection) -> Iterator[str]:
    """A document that is found by its content and by its title."""
    record_id = save_document(con, f"Lettre {CANARY}", text=CANARY, rid="d1")
    assert count_traces(con, CANARY) == 1
    yield record_id
    assert count_traces(con, CANARY) == 0
    assert find(con, CANARY) == []
    assert con.execute("SELECT count(*) FROM searched").fetchone() == (0,)
    assert con.execute("SELECT count(*) FROM searched_text").fetchone() == (0,)


def test_z3_a_record_that_comes_to_be_withheld_leaves_the_index(con: Connection, seen: str) -> None:
    save_page(con, ME, [make_incoming("d1", "2", "2024-06-02T00:00:00Z", withheld=True)])
    save_words(con, [(Unread(seen, None), pack_words(CANARY))])
    index_names(con)


def test_z3_a_profile_that_is_purged_leaves_the_index(con: Connection, seen: str) -> None:
    purge_profile(con, ME)


def test_a_record_that_is_deleted_leaves_the_index_at_once(con: Connection, seen: str) -> None:
    delete_record(con, seen, make_when())


def test_a_record_that_the_server_removed_leaves_the_index(con: Connection, seen: str) -> None:
    con.execute("DELETE FROM res WHERE lid = ?", (seen,))


def test_a_record_whose_deletion_is_undone_is_found_again(con: Connection) -> None:
    record_id = save_document(con, "Lettre", text=CANARY)
    restore_record(con, delete_record(con, record_id, make_when()), make_when())
    index_names(con)
    assert find(con, "lettre")
    assert [unread.record_id for unread in list_unread(con, 10)] == [record_id]


def test_what_the_user_writes_is_found_and_what_is_no_document_is_not(con: Connection) -> None:
    create_record(con, ME, make_written("Lettre de ma main"), make_when())
    condition: Incoming = make_incoming("c1", resource_type="Condition", kind="conditions", title="Lettre")
    save_page(con, ME, [condition])
    index_names(con)
    assert find(con, "lettre") == ["Lettre de ma main"]
    assert find_record(con, ME, "Condition", "c1") is not None


def test_the_index_goes_with_a_copy_of_the_store(con: Connection, tmp_path: Path) -> None:
    save_document(con, "Lettre", text=CANARY)
    copy = tmp_path / "copy.db"
    copy_store(con, copy, make_key(), SQLCIPHER, prepare=None, let_others_in=lambda: None)
    copied = open_store(copy)
    assert find(copied, CANARY) == ["Lettre"]
    check_integrity(copied)
    copied.close()
