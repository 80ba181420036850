"""The people of the vault."""

import pytest

from mes_app.domain.people import Profile, ProfileState, Sex
from mes_app.domain.record import Change, Kind
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.store.cursors import Cursor, save_cursor
from mes_app.store.database import Connection
from mes_app.store.journal import Act, add_act
from mes_app.store.places import Place, save_place
from mes_app.store.profiles import get_profile, list_profiles, purge_profile, save_profile
from mes_app.store.records import remove_records
from tests.store.samples import (
    CHILD,
    PARENT,
    add_conflict,
    add_pending,
    make_incoming,
    merge_words,
    save_one,
    save_page,
)


def test_profiles_come_back_as_saved_the_holder_first(con: Connection) -> None:
    baby = Profile(pid="a", name="Jeanne", birth=PartialDate(text="2023-04"), sex=Sex.FEMALE, colour="#000", position=2)
    save_profile(con, baby)
    assert list_profiles(con) == [PARENT, CHILD, baby]


def test_one_profile_is_found_by_its_id_and_one_in_doubt_is_not(con: Connection) -> None:
    assert get_profile(con, CHILD.pid) == CHILD
    save_profile(con, CHILD.model_copy(update={"state": ProfileState.HIDDEN}))
    for missing in (CHILD.pid, "nobody"):
        with pytest.raises(Rejected) as refused:
            get_profile(con, missing)
        assert refused.value.reason is Reason.UNKNOWN_RECORD


def test_a_profile_is_linked_to_the_server_by_saving_its_id(con: Connection) -> None:
    save_profile(con, Profile(pid="a", position=2))
    save_profile(con, Profile(pid="a", rid="p3", position=2))
    assert [profile.rid for profile in list_profiles(con)] == ["p1", "p2", "p3"]


def test_a_profile_whose_right_is_in_doubt_is_listed_only_when_asked_for(con: Connection) -> None:
    hidden = CHILD.model_copy(update={"state": ProfileState.HIDDEN})
    save_profile(con, hidden)
    assert list_profiles(con) == [PARENT]
    assert list_profiles(con, hidden=True) == [PARENT, hidden]


def test_changing_a_profile_keeps_its_records_and_tells_so(con: Connection) -> None:
    save_one(con, CHILD.pid, make_incoming())
    _, changes = con.run_change(lambda: save_profile(con, CHILD.model_copy(update={"name": "Léo"})))
    assert changes == {Change(CHILD.pid, Kind.PEOPLE)}
    assert con.execute("SELECT count(*) FROM res").fetchone() == (1,)


def test_purging_a_profile_leaves_nothing_of_it_and_all_of_the_others(con: Connection) -> None:
    for pid in (PARENT.pid, CHILD.pid):
        record_id = save_one(con, pid, make_incoming())
        save_place(con, record_id, Place(record_id, b"key"), 1, b"")
        add_pending(con, pid, record_id)
        add_conflict(con, record_id)
        con.execute("INSERT INTO draft VALUES (?, 'form', 'body')", (pid,))
        save_page(con, pid, [make_incoming("removed")])
        remove_records(con, pid, [("DocumentReference", "removed")], merge=merge_words)
        save_cursor(con, pid, "Observation", Cursor(high="x"))
        add_act(con, pid, Act("", pid, "read"))
    whole = count_rows(con)
    _, changes = con.run_change(lambda: purge_profile(con, CHILD.pid))
    assert {table: 2 * count for table, count in count_rows(con).items()} == whole
    assert CHILD not in list_profiles(con, hidden=True)
    assert Change(CHILD.pid, Kind.DOCUMENTS) in changes


def count_rows(con: Connection) -> dict[str, int]:
    """Rows of each table that holds something of a person."""
    tables = ("profile", "res", "body", "blob", "outbox", "conflict", "draft", "tomb", "cursor", "journal")
    return {table: con.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608
