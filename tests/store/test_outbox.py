"""What waits to be sent or settled."""

from datetime import date

from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.outbox import (
    Pending,
    count_conflicts,
    count_pending,
    get_pending_body,
    list_pending,
    tally_pending,
)
from tests.store.samples import CHILD, PARENT, add_pending, make_incoming, save_one


def test_unsent_changes_and_conflicts_are_counted_per_profile(con: Connection) -> None:
    mine = save_one(con, PARENT.pid, make_incoming())
    theirs = save_one(con, CHILD.pid, make_incoming())
    for number, lid in enumerate((mine, mine, theirs)):
        add_pending(con, f"op{number}", lid)
    con.execute("INSERT INTO conflict VALUES (?, NULL, NULL, NULL, '')", (theirs,))
    assert (count_pending(con, PARENT.pid), count_pending(con, CHILD.pid)) == (2, 1)
    assert (count_conflicts(con, PARENT.pid), count_conflicts(con, CHILD.pid)) == (0, 1)


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


def test_the_tally_has_the_number_of_all_and_the_day_of_the_last(con: Connection) -> None:
    assert tally_pending(con) == (0, None)
    for pid in (PARENT.pid, CHILD.pid):
        add_pending(con, pid, save_one(con, pid, make_incoming()))
    assert tally_pending(con) == (2, date(2024, 6, 1))
