"""The right to a profile, doubted and lost."""

from mes_app.domain.people import ProfileState
from mes_app.domain.record import Change, Kind
from mes_app.store.conflicts import list_conflicts
from mes_app.store.database import Connection
from mes_app.store.outbox import list_pending
from mes_app.store.profiles import list_profiles
from mes_app.store.rights import get_refusal, grant_profile, refuse_profile, revoke_profile
from tests.store.samples import CHILD, JUNE, PARENT, add_conflict, add_pending, make_incoming, save_page


def test_a_refused_profile_is_hidden_and_its_refusal_dated_until_it_is_granted(con: Connection) -> None:
    assert con.run_change(lambda: refuse_profile(con, "child", JUNE))[1] == {Change("child", Kind.PEOPLE)}
    assert list_profiles(con) == [PARENT]
    assert (get_refusal(con, "child"), get_refusal(con, "parent")) == (JUNE, "")
    assert con.run_change(lambda: grant_profile(con, "child"))[1] == {Change("child", Kind.PEOPLE)}
    assert list_profiles(con) == [PARENT, CHILD]
    assert get_refusal(con, "child") == ""


def test_granting_what_was_never_refused_changes_nothing(con: Connection) -> None:
    assert con.run_change(lambda: grant_profile(con, "child"))[1] == set()


def test_a6_what_was_lost_goes_whole_and_nobody_elses(con: Connection) -> None:
    save_page(con, "child", [make_incoming()])
    save_page(con, "parent", [make_incoming()])
    revoke_profile(con, "child")
    assert list_profiles(con, hidden=True) == [PARENT]
    assert con.execute("SELECT DISTINCT profile FROM res").fetchall() == [("parent",)]


def test_what_the_user_wrote_and_nobody_got_outlives_the_right_hidden_and_listed(con: Connection) -> None:
    save_page(con, "child", [make_incoming("d1"), make_incoming("d2"), make_incoming("d3")])
    refuse_profile(con, "child", JUNE)
    edited = con.execute("SELECT lid FROM res WHERE rid = 'd1'").fetchone()[0]
    asked = con.execute("SELECT lid FROM res WHERE rid = 'd2'").fetchone()[0]
    add_pending(con, "o1", edited, body=b"{}")
    add_conflict(con, asked)
    revoke_profile(con, "child")
    assert {pending.record_id for pending in list_pending(con)} == {edited, asked}
    assert [conflict.row.id for conflict in list_conflicts(con)] == [asked]
    assert con.execute("SELECT count(*) FROM res WHERE profile = 'child'").fetchone() == (2,)
    assert [(p.pid, p.state) for p in list_profiles(con, hidden=True)][1] == ("child", ProfileState.HIDDEN)
    con.execute("DELETE FROM outbox")
    con.execute("DELETE FROM conflict")
    revoke_profile(con, "child")
    assert list_profiles(con, hidden=True) == [PARENT]
