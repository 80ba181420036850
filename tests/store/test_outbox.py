"""What waits to be sent or settled, and what becomes of it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from mes_app.domain.people import ProfileState
from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.store.conflicts import list_conflicts, list_kept
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.ops import Op, list_ops
from mes_app.store.outbox import (
    Pending,
    acknowledge,
    drop_changes,
    find_next_due,
    get_pending_body,
    hold_back,
    hurry,
    list_due,
    list_inflight,
    list_pending,
    mark_inflight,
    postpone,
    quarantine,
    release,
    tally_pending,
)
from mes_app.store.profiles import purge_profile, save_profile
from mes_app.store.records import get_record, list_rows
from tests.store.exchanges import check_consistency
from tests.store.samples import (
    CHILD,
    ME,
    PARENT,
    add_pending,
    make_body,
    make_incoming,
    make_version,
    make_when,
    make_written,
    merge_words,
    save_one,
    save_page,
)


def create(con: Connection, title: str = "Nouveau", *, next_at: float = 0.0, deps: tuple[str, ...] = ()) -> str:
    return create_record(con, ME, make_written(title, deps=deps), make_when(next_at=next_at))


def list_due_ids(con: Connection, now: float = 0.0) -> list[str]:
    check_consistency(con)
    return [op.lid for op in list_due(con, ME, now)]


def send(con: Connection) -> Op:
    """Mark the first change that is due as in flight."""
    op = list_due(con, ME, 0)[0]
    assert mark_inflight(con, op)
    return op


def test_unsent_changes_are_listed_in_the_order_they_were_made(con: Connection) -> None:
    theirs = save_one(con, CHILD.pid, make_incoming(title="Bilan"))
    mine = save_one(con, PARENT.pid, make_incoming(rid="d2"))
    for number, (record_id, op) in enumerate(((mine, "U"), (theirs, "D"), (mine, "D"))):
        add_pending(con, f"op{number}", record_id, op)
    assert [(pending.record_id, pending.op) for pending in list_pending(con)] == [
        (mine, "U"),
        (theirs, "D"),
        (mine, "D"),
    ]
    assert list_pending(con)[1] == Pending(theirs, CHILD.pid, Kind.DOCUMENTS, "Bilan", "D", "DocumentReference", "d1")


def test_the_body_that_waits_is_the_one_written_last_and_else_the_overlay(con: Connection) -> None:
    record_id = save_one(con, PARENT.pid, make_incoming())
    con.execute("UPDATE body SET overlay = x'7b7d' WHERE lid = ?", (record_id,))
    add_pending(con, "op1", record_id)
    assert get_pending_body(con, record_id) == b"{}"
    for number in (2, 3):
        add_pending(con, f"op{number}", record_id, body=b'{"number": %d.0}' % number)
    add_pending(con, "op4", record_id, "D")
    assert get_pending_body(con, record_id) == b'{"number": 3.0}'


def test_a_conflict_waits_like_a_change_with_the_version_written_here(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    save_page(con, ME, [make_version("2", "Ailleurs")])
    (pending,) = list_pending(con)
    assert (pending.op, pending.state, pending.title, pending.rid) == ("U", "conflict", "Ici", "d1")
    assert get_pending_body(con, known) == make_body("Ici")
    delete_record(con, known, make_when())
    assert [pending.op for pending in list_pending(con)] == ["D"]
    assert tally_pending(con) == (1, date(2024, 6, 1))


def test_a_refused_change_is_listed_with_its_reason(con: Connection) -> None:
    record_id = create(con)
    quarantine(con, send(con), Reason.NOT_ACCEPTED, 422, "Date manquante")
    (pending,) = list_pending(con)
    assert (pending.state, pending.reason, pending.told) == ("quarantined", Reason.NOT_ACCEPTED, "Date manquante")
    release(con, record_id, 0.0)
    (pending,) = list_pending(con)
    assert (pending.state, pending.reason, pending.told) == ("ready", None, "")


def test_the_tally_has_the_number_of_all_and_the_day_of_the_last(con: Connection) -> None:
    assert tally_pending(con) == (0, None)
    for pid in (PARENT.pid, CHILD.pid):
        add_pending(con, pid, save_one(con, pid, make_incoming()))
    assert tally_pending(con) == (2, date(2024, 6, 1))


def test_what_is_due_is_listed_in_the_order_made_once_its_time_has_come(con: Connection, known: str) -> None:
    first, second = create(con), create(con, next_at=10.0)
    change_record(con, known, make_written("Après"), make_when())
    assert list_due_ids(con, 9.9) == [first, known]
    assert list_due_ids(con, 10.0) == [first, second, known]
    assert list_due(con, CHILD.pid, 10.0) == []


def test_what_was_never_sent_can_be_held_back(con: Connection, known: str) -> None:
    held, other = create(con, "Un"), create(con, "Deux")
    hold_back(con, [held, known], 50)
    assert list_due_ids(con, 49) == [other]
    assert list_due_ids(con, 50) == [held, other]


def test_what_depends_on_a_record_waits_until_the_server_has_it(con: Connection) -> None:
    first = create(con)
    second = create(con, deps=(first,))
    assert list_due_ids(con) == [first]
    op = send(con)
    quarantine(con, op, Reason.NOT_ACCEPTED)
    assert list_due_ids(con) == []
    release(con, first, 0)
    acknowledge(con, send(con), make_version("1"), merge_words)
    assert list_due_ids(con) == [second]


def test_what_is_in_flight_is_found_again_and_is_not_due(con: Connection) -> None:
    create(con)
    op = send(con)
    assert list_inflight(con, ME) == [replace(op, state="inflight", sent=True)]
    assert list_inflight(con, CHILD.pid) == list_due(con, ME, 0) == []


def test_what_changed_since_it_was_listed_is_not_sent(con: Connection) -> None:
    lid = create(con)
    (op,) = list_due(con, ME, 0)
    change_record(con, lid, make_written("Après"), make_when())
    assert not mark_inflight(con, op)
    delete_record(con, lid, make_when())
    assert not mark_inflight(con, op)


def test_what_changed_after_it_was_listed_is_not_lost_even_if_it_was_sent(con: Connection) -> None:
    lid = create(con)
    (op,) = list_due(con, ME, 0)
    change_record(con, lid, make_written("Après"), make_when())
    acknowledge(con, op, make_version("1", "Nouveau"), merge_words)
    check_consistency(con)
    (left,) = list_due(con, ME, 0)
    assert (left.op, left.rid, left.base_body, left.body) == ("U", "d1", make_body("Nouveau"), make_body("Après"))


def test_what_is_postponed_waits_longer_until_something_hurries_it(con: Connection) -> None:
    lid = create(con)
    undone = create(con, next_at=10.0)
    postpone(con, send(con), 30.0)
    assert list_due_ids(con, 10.0) == [undone]
    assert list_due(con, ME, 30.0)[0].attempts == 1
    hurry(con, 5.0)
    assert list_due_ids(con, 5.0) == [lid]
    hurry(con, 7.0)
    assert find_next_due(con) == 5.0


def test_what_was_written_under_a_clock_set_back_since_does_not_wait_for_that_time_to_come_again(
    con: Connection,
) -> None:
    undoable = create(con, next_at=10.0)
    early = create(con, next_at=200_000.0)
    hurry(con, 5.0)
    assert list_due_ids(con, 5.0) == [early]
    assert list_due_ids(con, 10.0) == [undoable, early]


def test_the_next_time_is_of_what_may_be_sent(con: Connection) -> None:
    assert find_next_due(con) is None
    first = create(con, next_at=20.0)
    create(con, next_at=10.0, deps=(first,))
    assert find_next_due(con) == 20.0
    save_profile(con, PARENT.model_copy(update={"state": ProfileState.HIDDEN}))
    assert find_next_due(con) is None


def test_what_is_of_a_person_whom_no_server_knows_waits_for_nothing_and_is_counted_with_what_is_only_here(
    con: Connection,
) -> None:
    lid = create(con, next_at=20.0)
    save_profile(con, PARENT.model_copy(update={"rid": None}))
    assert (list_pending(con), find_next_due(con)) == ([], None)
    assert [pending.record_id for pending in list_pending(con, local=True)] == [lid]
    assert tally_pending(con)[0] == 1


def test_a_refused_change_is_tried_again_when_released(con: Connection) -> None:
    lid = create(con)
    quarantine(con, send(con), Reason.NOT_ACCEPTED, 422)
    _, changes = con.run_change(lambda: release(con, lid, 3.0))
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    (op,) = list_due(con, ME, 3.0)
    assert (op.reason, op.status, op.sent) == (None, 0, False)


def test_what_was_written_since_takes_the_place_of_what_is_refused(con: Connection, known: str) -> None:
    new, cancelled = create(con), create(con)
    change_record(con, known, make_written("Faux"), make_when())
    sent = [send(con) for _ in range(3)]
    for lid in (new, known):
        change_record(con, lid, make_written("Juste"), make_when())
    delete_record(con, cancelled, make_when())
    for op in sent:
        quarantine(con, op, Reason.NOT_ACCEPTED)
    check_consistency(con)
    assert [(op.op, op.lid, op.base_body, op.body) for op in list_due(con, ME, 0)] == [
        ("C", new, None, make_body("Juste")),
        ("U", known, make_body("Avant"), make_body("Juste")),
    ]
    assert len(list_ops(con, "1", ())) == 2


def test_changes_given_up_are_kept_aside_and_the_record_is_as_the_server_has_it(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when())
    new = create(con)
    for lid in (known, new):
        drop_changes(con, lid, make_when())
    check_consistency(con)
    assert get_record(con, known).body == make_body("Avant")
    assert con.execute("SELECT count(*) FROM res").fetchone() == (1,)
    assert [kept.body for kept in list_kept(con, ME)] == [make_body("Nouveau"), make_body("Après")]
    drop_changes(con, known, make_when())
    with pytest.raises(Rejected):
        drop_changes(con, new, make_when())


def test_a_deletion_given_up_shows_the_record_again(con: Connection, known: str) -> None:
    delete_record(con, known, make_when())
    drop_changes(con, known, make_when())
    assert get_record(con, known).body == make_body("Avant")
    assert (list_kept(con, ME), list_ops(con, "1", ())) == ([], [])


def test_what_is_in_flight_is_not_given_up(con: Connection, known: str) -> None:
    change_record(con, known, make_written("un"), make_when())
    send(con)
    drop_changes(con, known, make_when())
    change_record(con, known, make_written("deux"), make_when())
    drop_changes(con, known, make_when())
    check_consistency(con)
    assert get_record(con, known).body == make_body("un")
    assert [kept.body for kept in list_kept(con, ME)] == [make_body("deux")]


def test_a_conflict_given_up_is_settled_for_the_server_s_version(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    save_page(con, ME, [make_version("2", "Ailleurs")])
    drop_changes(con, known, make_when())
    assert get_record(con, known).body == make_body("Ailleurs")
    assert (list_conflicts(con), list_ops(con, "1", ())) == ([], [])
    assert [kept.body for kept in list_kept(con, ME)] == [make_body("Ici")]


def test_an_acknowledged_record_is_the_server_s_own(con: Connection) -> None:
    lid = create(con)
    op = send(con)
    _, changes = con.run_change(lambda: acknowledge(con, op, make_version("1", "Nouveau", seen=True), merge_words))
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    check_consistency(con)
    stored = get_record(con, lid)
    assert (stored.rid, stored.body) == ("d1", make_body("Nouveau", seen=True))
    assert list_pending(con) == []
    assert save_page(con, ME, [make_version("1", "Nouveau", seen=True)]) == 0


def test_an_acknowledged_deletion_leaves_a_tombstone(con: Connection, known: str) -> None:
    delete_record(con, known, make_when())
    acknowledge(con, send(con), None, merge_words)
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)
    assert save_page(con, ME, [make_version("1", "Avant")]) == 0


def test_what_waits_behind_an_acknowledged_change_is_merged_with_what_the_server_made_of_it(con: Connection) -> None:
    lid = create(con)
    op = send(con)
    change_record(con, lid, make_written("Après"), make_when())
    acknowledge(con, op, make_version("1", "Nouveau", seen=True), merge_words)
    check_consistency(con)
    (left,) = list_due(con, ME, 0)
    assert (left.op, left.base_ver, left.rid) == ("U", "1", "d1")
    assert json.loads(left.body or b"") == {"title": "Après", "seen": True}
    sent = send(con)
    change_record(con, lid, make_written("Encore"), make_when())
    acknowledge(con, sent, make_version("2", "Ailleurs"), merge_words)
    assert [conflict.mine for conflict in list_conflicts(con)] == [make_body("Encore")]


def test_a_creation_that_a_pull_brought_first_is_one_record(con: Connection) -> None:
    lid = create(con)
    op = send(con)
    save_page(con, ME, [make_version("1", "Nouveau")])
    (twin,) = (row.id for row in list_rows(con, ME, Kind.DOCUMENTS) if row.id != lid)
    change_record(con, twin, make_written("Par erreur"), make_when())
    acknowledge(con, op, make_version("1", "Nouveau"), merge_words)
    assert [row.id for row in list_rows(con, ME, Kind.DOCUMENTS)] == [lid]
    assert [kept.body for kept in list_kept(con, ME)] == [make_body("Par erreur")]


def test_an_answer_about_what_is_gone_changes_nothing(con: Connection) -> None:
    create(con)
    op = send(con)
    purge_profile(con, ME)
    acknowledge(con, op, make_version("1"), merge_words)
    postpone(con, op, 0)
    quarantine(con, op, Reason.NOT_ACCEPTED)
    assert con.execute("SELECT (SELECT count(*) FROM res), (SELECT count(*) FROM outbox)").fetchone() == (0, 0)
