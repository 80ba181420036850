"""What the user writes, and how it is squashed while it waits."""

import pytest

from mes_app.domain.record import Change, Kind
from mes_app.errors import Reason, Rejected
from mes_app.store.conflicts import get_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record, restore_record, write_version
from mes_app.store.journal import list_acts
from mes_app.store.ops import Op, list_ops
from mes_app.store.outbox import acknowledge, list_due, mark_inflight, quarantine
from mes_app.store.records import find_record, get_record, list_rows
from mes_app.store.versions import require_versions
from tests.store.exchanges import check_consistency
from tests.store.samples import CHILD, ME, make_body, make_version, make_when, make_written, merge_words, save_page


def list_waiting(con: Connection) -> list[tuple[str, bytes | None, bytes | None]]:
    check_consistency(con)
    return [(op.op, op.base_body, op.body) for op in list_ops(con, "1", ())]


def send(con: Connection) -> Op:
    (op,) = list_due(con, ME, 0)
    assert mark_inflight(con, op)
    return op


def test_a_new_record_is_read_at_once_and_waits_for_the_time_to_undo_it(con: Connection) -> None:
    lid, changes = con.run_change(lambda: create_record(con, ME, make_written("Nouveau"), make_when(3, next_at=13.0)))
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert [(row.id, row.title, row.unread) for row in list_rows(con, ME, Kind.DOCUMENTS)] == [(lid, "Nouveau", False)]
    assert get_record(con, lid).body == make_body("Nouveau")
    assert list_due(con, ME, 12.9) == []
    (op,) = list_due(con, ME, 13.0)
    assert (op.op, op.body, op.rid, op.base_ver, op.base_body) == ("C", make_body("Nouveau"), None, "", None)


def test_a_new_record_takes_the_id_given_and_nothing_that_a_server_gave(con: Connection) -> None:
    written = make_written(id="d1", meta={"versionId": "1"}, value=1.50)
    assert create_record(con, ME, written, make_when(), record_id="mine") == "mine"
    assert get_record(con, "mine").body == b'{"title":"Compte rendu","value":1.5}'


def test_changes_of_a_waiting_creation_or_change_take_its_place(con: Connection, known: str) -> None:
    new = create_record(con, ME, make_written("un"), make_when())
    for title in ("deux", "trois"):
        assert change_record(con, new, make_written(title), make_when()) != make_body(title)
        change_record(con, known, make_written(title), make_when())
    assert list_waiting(con) == [("C", None, make_body("trois")), ("U", make_body("Avant"), make_body("trois"))]


def test_a_change_tells_what_was_before_and_which_kinds_it_moved(con: Connection, known: str) -> None:
    before, changes = con.run_change(lambda: change_record(con, known, make_written("Après"), make_when()))
    assert before == make_body("Avant")
    assert changes == {Change(ME, Kind.DOCUMENTS)}


def test_a_change_back_to_what_the_server_has_is_no_change(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when())
    change_record(con, known, make_written("Avant"), make_when())
    assert list_waiting(con) == []
    assert get_record(con, known).row.title == "Avant"


def test_a_deletion_hides_at_once_and_keeps_the_base_of_the_change_it_replaces(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when())
    assert delete_record(con, known, make_when()).body == make_body("Après")
    assert find_record(con, ME, "DocumentReference", "d1") is None
    assert list_waiting(con) == [("D", make_body("Avant"), None)]
    with pytest.raises(Rejected) as refusal:
        change_record(con, known, make_written(), make_when())
    assert refusal.value.reason is Reason.UNKNOWN_RECORD


def test_what_was_created_and_never_sent_is_gone_when_deleted(con: Connection) -> None:
    delete_record(con, create_record(con, ME, make_written(), make_when()), make_when())
    assert con.execute("SELECT (SELECT count(*) FROM res), (SELECT count(*) FROM outbox)").fetchone() == (0, 0)


def test_an_edit_of_what_is_in_flight_waits_behind_it(con: Connection, known: str) -> None:
    change_record(con, known, make_written("un"), make_when())
    sent = send(con)
    change_record(con, known, make_written("deux"), make_when())
    assert list_waiting(con) == [("U", make_body("Avant"), make_body("un")), ("U", None, make_body("deux"))]
    assert list_due(con, ME, 0) == []
    change_record(con, known, make_written("un"), make_when())
    assert list_waiting(con) == [("U", make_body("Avant"), make_body("un"))]
    delete_record(con, known, make_when())
    acknowledge(con, sent, make_version("2", "un"), merge_words)
    assert list_waiting(con) == [("D", make_body("un"), None)]


def test_an_edit_of_a_refused_change_corrects_it(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Faux"), make_when())
    quarantine(con, send(con), Reason.NOT_ACCEPTED, 422)
    assert list_due(con, ME, 0) == []
    change_record(con, known, make_written("Juste"), make_when())
    (op,) = list_due(con, ME, 0)
    assert (op.body, op.state, op.reason, op.status) == (make_body("Juste"), "ready", None, 0)


def test_an_edit_of_a_record_in_conflict_changes_one_of_the_versions(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    save_page(con, ME, [make_version("2", "Ailleurs")])
    change_record(con, known, make_written("Ici encore"), make_when(9))
    assert (get_conflict(con, known).mine, get_conflict(con, known).at) == (make_body("Ici encore"), make_when(9).at)
    stored = delete_record(con, known, make_when())
    assert get_conflict(con, known).mine is None
    assert list_rows(con, ME, Kind.DOCUMENTS) == []
    assert restore_record(con, stored, make_when()) == known
    assert get_conflict(con, known).mine == make_body("Ici encore")
    assert list_waiting(con) == []


def test_a_deletion_that_waits_is_taken_back_with_what_it_replaced(con: Connection, known: str) -> None:
    stored = delete_record(con, known, make_when())
    assert restore_record(con, stored, make_when()) == restore_record(con, stored, make_when()) == known
    assert list_waiting(con) == []
    change_record(con, known, make_written("Après"), make_when())
    assert restore_record(con, delete_record(con, known, make_when()), make_when()) == known
    assert list_waiting(con) == [("U", make_body("Avant"), make_body("Après"))]
    assert get_record(con, known).row.title == "Après"


def test_a_deletion_that_was_sent_is_undone_by_writing_the_record_anew(con: Connection, known: str) -> None:
    stored = delete_record(con, known, make_when())
    sent = send(con)
    anew = restore_record(con, stored, make_when())
    acknowledge(con, sent, None, merge_words)
    assert anew != known
    assert [row.id for row in list_rows(con, ME, Kind.DOCUMENTS)] == [anew]
    assert list_waiting(con) == [("C", None, make_body("Avant"))]


def test_every_act_is_in_the_journal_as_the_holder_s(con: Connection) -> None:
    lid = create_record(con, CHILD.pid, make_written(), make_when(1))
    change_record(con, lid, make_written("Après"), make_when(2))
    delete_record(con, lid, make_when(3))
    assert [(act.at, act.actor, act.act, act.record) for act in list_acts(con, CHILD.pid)] == [
        (f"2024-06-01T12:00:0{second}Z", ME, act, lid) for second, act in ((3, "delete"), (2, "change"), (1, "create"))
    ]


def test_a_version_written_is_read_whoever_chose_it(con: Connection, known: str) -> None:
    write_version(con, require_versions(con, known), make_written("Choisi"), make_when())
    assert get_record(con, known).body == make_body("Choisi")
    write_version(con, require_versions(con, known), None, make_when())
    assert list_rows(con, ME, Kind.DOCUMENTS) == []
