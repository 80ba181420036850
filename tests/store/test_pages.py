"""Pages of the server, written into the mirror."""

import dataclasses
import json
from dataclasses import replace

import pytest

from mes_app.domain.record import Change, ContentState, Kind
from mes_app.errors import Rejected
from mes_app.store.conflicts import list_kept
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, delete_record
from mes_app.store.pages import ROWS_AT_ONCE
from mes_app.store.places import Place, save_place
from mes_app.store.records import find_record, get_record, list_rows, remove_records
from tests.store.samples import (
    CHILD,
    ME,
    make_incoming,
    make_version,
    make_when,
    make_written,
    merge_words,
    save_one,
    save_page,
)


def test_a_page_saved_is_read_back_byte_for_byte(con: Connection) -> None:
    body = '{"id":"d1","value":72.50,"é":  "non ASCII"}'.encode()
    assert save_page(con, ME, [make_incoming(body=body)]) == 1
    stored = find_record(con, ME, "DocumentReference", "d1")
    assert stored
    assert (stored.body, stored.type, stored.rid, stored.row.profile) == (body, "DocumentReference", "d1", ME)


def test_the_same_page_again_changes_nothing(con: Connection) -> None:
    page = [make_incoming(f"d{number}") for number in range(5)]
    assert save_page(con, ME, page) == 5
    assert save_page(con, ME, page) == 0


def test_a_page_may_be_longer_than_one_statement(con: Connection) -> None:
    page = [make_incoming(f"d{number}", body=b'{"n":%d}' % number) for number in range(2 * ROWS_AT_ONCE + 1)]
    assert save_page(con, ME, page) == len(page)
    for item in (page[0], page[ROWS_AT_ONCE], page[-1]):
        stored = find_record(con, ME, "DocumentReference", item.rid)
        assert stored
        assert stored.body == item.body


def test_a_new_version_replaces_the_record_under_the_same_id(con: Connection) -> None:
    before = save_one(con, ME, make_incoming(ver="1", title="Avant"))
    after = save_one(con, ME, make_incoming(ver="2", upd="2024-06-02T00:00:00Z", title="Après", body=b"[]"))
    assert before == after
    assert get_record(con, after).row.title == "Après"
    assert get_record(con, after).body == b"[]"


@pytest.mark.parametrize("older", ["2024-05-31T23:59:59Z", "2024-06-01T01:00:00+02:00"])
def test_an_older_version_that_comes_late_is_passed_over(con: Connection, older: str) -> None:
    save_one(con, ME, make_incoming(ver="2", title="Après"))
    assert save_page(con, ME, [make_incoming(ver="1", upd=older, title="Avant")]) == 0


def test_where_no_date_is_told_the_last_word_of_the_server_holds(con: Connection) -> None:
    save_page(con, ME, [make_incoming(ver="b", upd="")])
    assert save_page(con, ME, [make_incoming(ver="a", upd="")]) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_record_repeated_in_one_page_the_newest_version_is_kept(con: Connection, order: int) -> None:
    twice = [make_incoming(ver="1", title="Avant"), make_incoming(ver="2", upd="2024-06-02T00:00:00Z", title="Après")]
    assert save_page(con, ME, twice[::order]) == 1
    assert [row.title for row in list_rows(con, ME, Kind.DOCUMENTS)] == ["Après"]


def test_two_profiles_may_hold_the_same_resource(con: Connection) -> None:
    mine, theirs = (save_one(con, pid, make_incoming()) for pid in (ME, CHILD.pid))
    assert mine != theirs


def test_of_a_withheld_record_only_type_id_and_version_are_kept(con: Connection) -> None:
    save_page(con, ME, [make_incoming(body=b"secret", withheld=True, title="Secret", search="secret")])
    assert find_record(con, ME, "DocumentReference", "d1") is None
    columns = [name for _, name, *_ in con.execute("PRAGMA table_xinfo(res)")]
    kept = dict(zip(columns, con.execute("SELECT * FROM res").fetchone(), strict=True))
    said = {name: value for name, value in kept.items() if value not in ("", 0, None)}
    assert {name: said[name] for name in ("type", "rid", "ver")} == {
        "type": "DocumentReference",
        "rid": "d1",
        "ver": "1",
    }
    assert said.keys() - {"type", "rid", "ver"} == {"lid", "profile", "kind", "source", "withheld", "content"}
    assert said["kind"] == Kind.OTHER
    assert con.execute("SELECT count(*) FROM body").fetchone() == (0,)


def test_a_record_that_becomes_withheld_loses_its_body_and_its_key(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    save_place(con, record_id, Place("file", b"key"), 1, b"")
    assert save_page(con, ME, [make_incoming(ver="2", withheld=True)]) == 1
    assert save_page(con, ME, [make_incoming(ver="2", withheld=True)]) == 0
    with pytest.raises(Rejected):
        get_record(con, record_id)
    assert con.execute("SELECT (SELECT count(*) FROM body), (SELECT count(*) FROM blob)").fetchone() == (0, 0)


def test_a_record_no_longer_withheld_is_new_to_the_person(con: Connection) -> None:
    save_page(con, ME, [make_incoming(withheld=True)])
    save_page(con, ME, [make_incoming(ver="2")])
    (row,) = list_rows(con, ME, Kind.DOCUMENTS)
    assert row.unread


def test_only_documents_since_the_given_date_are_unread(con: Connection) -> None:
    old, new = make_incoming("d1", date_key="2024-05-31T22:00:00Z"), make_incoming("d2")
    condition = make_incoming("c1", resource_type="Condition", kind=Kind.CONDITIONS)
    save_page(con, ME, [old, new, condition], unread_since="2024-06-01T00:00:00Z")
    unread = [row for kind in (Kind.DOCUMENTS, Kind.CONDITIONS) for row in list_rows(con, ME, kind, unread=True)]
    assert [row.date_key for row in unread] == ["2024-06-01T00:00:00Z"]


def test_a_new_version_of_a_document_read_is_not_unread_again(con: Connection) -> None:
    save_page(con, ME, [make_incoming()], unread_since="2025")
    save_page(con, ME, [make_incoming(ver="2")])
    assert list_rows(con, ME, Kind.DOCUMENTS, unread=True) == []


def test_the_content_of_a_new_version_is_to_be_fetched_again(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    con.execute("UPDATE res SET content = 'stored'")
    save_page(con, ME, [make_incoming(ver="2")])
    assert get_record(con, record_id).row.content is ContentState.REMOTE


def test_a_content_is_awaited_even_where_its_type_is_not_told_and_of_documents_only(con: Connection) -> None:
    document = save_one(con, ME, make_incoming(content_type=""))
    condition = save_one(con, ME, make_incoming("c1", resource_type="Condition", kind=Kind.CONDITIONS))
    states = [get_record(con, record_id).row.content for record_id in (document, condition)]
    assert states == [ContentState.REMOTE, ContentState.NONE]


def test_no_content_is_awaited_of_a_document_that_has_none(con: Connection) -> None:
    record_id = save_one(con, ME, replace(make_incoming(), has_content=False))
    assert get_record(con, record_id).row.content is ContentState.NONE


def test_the_mirror_moves_under_an_edit_that_lists_go_on_showing(con: Connection) -> None:
    record_id = save_one(con, ME, make_version("1", "Avant"))
    change_record(con, record_id, make_written("Après"), make_when())
    theirs = make_version("2", "Avant", place="Lyon")
    assert save_page(con, ME, [theirs, make_version("1", rid="d2")]) == 2
    stored = get_record(con, record_id)
    assert (json.loads(stored.body), stored.row.title) == ({"title": "Après", "place": "Lyon"}, "Après")
    sql = "SELECT ver, mirror FROM res JOIN body USING (lid) WHERE rid = 'd1'"
    assert con.execute(sql).fetchone() == ("2", theirs.body)


def test_a_version_found_again_is_no_longer_missed(con: Connection) -> None:
    save_one(con, ME, make_incoming(ver="1"))
    con.execute("UPDATE res SET missed = 1")
    save_page(con, ME, [make_incoming(ver="2")])
    assert con.execute("SELECT missed FROM res").fetchone() == (0,)


def test_a_record_that_becomes_withheld_takes_all_of_it_along_but_the_words_not_sent(con: Connection) -> None:
    changed, deleted, asked = (save_one(con, ME, make_version("1", rid=rid)) for rid in ("d1", "d2", "d3"))
    for record_id in (changed, asked):
        change_record(con, record_id, make_written("Compte rendu", note="À moi"), make_when())
    delete_record(con, deleted, make_when())
    save_page(con, ME, [make_version("2", "Autre", rid="d3")])
    save_page(con, ME, [make_incoming(rid, "3", "2024-06-02T00:00:00Z", withheld=True) for rid in ("d1", "d2", "d3")])
    assert [kept.body for kept in list_kept(con, ME)] == [b'{"resourceType":null,"note":"\xc3\x80 moi"}'] * 2
    assert {(kept.kind, kept.title, kept.whose) for kept in list_kept(con, ME)} == {(Kind.DOCUMENTS, "", "mine")}
    for table in ("body", "outbox", "conflict"):
        assert con.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608
    assert con.execute("SELECT DISTINCT deleted, title FROM res").fetchall() == [(0, "")]


def test_a_removed_version_that_comes_late_stays_removed_but_another_rises(con: Connection) -> None:
    save_page(con, ME, [make_incoming(ver="3")])
    remove_records(con, ME, [("DocumentReference", "d1")], merge=merge_words)
    assert save_page(con, ME, [make_incoming(ver="3")]) == 0
    assert save_page(con, ME, [make_incoming(ver="4")]) == 1
    assert con.execute("SELECT count(*) FROM tomb").fetchone() == (0,)


def test_what_a_page_changed_is_told_once_per_kind(con: Connection) -> None:
    page = [
        make_incoming("d1"),
        make_incoming("d2"),
        make_incoming("c1", resource_type="Condition", kind=Kind.CONDITIONS),
    ]
    _, changes = con.run_change(lambda: save_page(con, ME, page))
    assert changes == {Change(ME, Kind.DOCUMENTS), Change(ME, Kind.CONDITIONS)}
    _, changes = con.run_change(lambda: save_page(con, ME, page))
    assert changes == frozenset()


def test_a_record_that_changes_kind_is_told_of_both(con: Connection) -> None:
    observation = make_incoming("o1", resource_type="Observation", kind=Kind.MEASURES)
    save_page(con, ME, [observation])
    result = dataclasses.replace(observation, ver="2", overview=make_incoming(kind=Kind.RESULTS).overview)
    _, changes = con.run_change(lambda: save_page(con, ME, [result]))
    assert changes == {Change(ME, Kind.MEASURES), Change(ME, Kind.RESULTS)}


def test_an_empty_page_changes_nothing(con: Connection) -> None:
    assert save_page(con, ME, []) == 0
