"""What becomes of an edit when the server's version arrives."""

import json

import pytest

from mes_app.domain.record import ContentState
from mes_app.errors import Rejected
from mes_app.store.conflicts import get_conflict, list_conflicts, list_kept
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.ops import list_ops
from mes_app.store.outbox import list_due, mark_inflight, postpone
from mes_app.store.rebases import Merged, rebase_record, settle_edit
from mes_app.store.records import get_record, list_rows
from mes_app.store.versions import require_versions
from tests.store.exchanges import check_consistency
from tests.store.samples import ME, make_body, make_version, make_when, make_written, merge_words


def rebase(con: Connection, lid: str, ver: str, title: str | None = None, **told: str) -> None:
    theirs = make_version(ver, title, **told) if title else None
    rebase_record(con, lid, theirs, merge_words)
    check_consistency(con)


def test_what_was_changed_apart_is_merged_and_sent_on_the_new_base(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when(next_at=5.0))
    rebase(con, known, "2", "Avant", place="Lyon")
    (op,) = list_ops(con, "1", ())
    assert (op.base_ver, op.base_body, op.next_at) == ("2", make_body("Avant", place="Lyon"), 5.0)
    assert json.loads(op.body or b"") == {"title": "Après", "place": "Lyon"}
    assert get_record(con, known).row.title == "Après"


def test_what_the_server_already_says_is_no_longer_sent(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when())
    rebase(con, known, "2", "Après", place="Lyon")
    assert list_ops(con, "1", ()) == []
    assert get_record(con, known).body == make_body("Après", place="Lyon")


def test_a_clash_opens_a_conflict_and_sends_nothing_more(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when(7))
    rebase(con, known, "2", "Ailleurs")
    asked = get_conflict(con, known)
    assert (asked.base, asked.mine, asked.theirs) == (make_body("Avant"), make_body("Ici"), make_body("Ailleurs"))
    assert (asked.ver, asked.rid, asked.at) == ("2", "d1", make_when(7).at)
    assert get_record(con, known).row.title == "Ici"


def test_an_open_conflict_follows_the_server_and_closes_when_it_agrees(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when(7))
    rebase(con, known, "2", "Ailleurs")
    rebase(con, known, "3", "Encore ailleurs")
    assert (get_conflict(con, known).base, get_conflict(con, known).ver) == (make_body("Avant"), "3")
    rebase(con, known, "4", "Avant")
    assert list_conflicts(con) == []
    (op,) = list_ops(con, "1", ())
    assert (op.base_ver, op.body, op.at) == ("4", make_body("Ici"), int(make_when(7).at.timestamp()))
    rebase(con, known, "5", "Ici")
    assert list_ops(con, "1", ()) == []


def test_deleted_there_and_changed_here_is_asked_and_does_not_come_back_by_itself(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    for _ in range(2):
        rebase(con, known, "")
    assert get_conflict(con, known).theirs is None
    assert con.execute("SELECT ver FROM tomb").fetchall() == [("1",)]
    delete_record(con, known, make_when())
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)


def test_deleted_here_and_changed_there_is_asked(con: Connection, known: str) -> None:
    delete_record(con, known, make_when())
    rebase(con, known, "2", "Ailleurs")
    assert get_conflict(con, known).mine is None
    assert list_rows(con, ME, get_conflict(con, known).row.kind) == []


def test_deleted_on_both_sides_is_gone(con: Connection, known: str) -> None:
    delete_record(con, known, make_when())
    rebase(con, known, "")
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)


def test_a_deletion_that_wins_by_policy_keeps_what_was_written(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    rebase_record(con, known, None, lambda *_: Merged(None, None, clash=False))
    assert [(kept.body, kept.whose, kept.title) for kept in list_kept(con, ME)] == [(make_body("Ici"), "mine", "Ici")]
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)


def test_a_record_is_never_written_anew_without_being_asked(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    rebase_record(con, known, None, lambda *_: Merged(make_body("Ici"), None, clash=False))
    assert get_conflict(con, known).theirs is None


def test_what_is_in_flight_is_left_for_its_answer_to_tell(con: Connection, known: str) -> None:
    change_record(con, known, make_written("Après"), make_when())
    (op,) = list_due(con, ME, 0)
    mark_inflight(con, op)
    before = require_versions(con, known)
    rebase(con, known, "2", "Ailleurs")
    rebase(con, known, "")
    assert require_versions(con, known) == before


@pytest.mark.parametrize("theirs", [pytest.param("un", id="applied"), pytest.param("Avant", id="not applied")])
def test_of_what_was_sent_and_what_waits_behind_it_one_change_is_left(con: Connection, known: str, theirs: str) -> None:
    change_record(con, known, make_written("un"), make_when())
    (op,) = list_due(con, ME, 0)
    mark_inflight(con, op)
    postpone(con, op, 0)
    change_record(con, known, make_written("deux"), make_when())
    rebase(con, known, "2", theirs, place="Lyon")
    (left,) = list_ops(con, "1", ())
    assert (left.op, left.base_ver, left.sent) == ("U", "2", False)
    assert json.loads(left.body or b"") == {"title": "deux", "place": "Lyon"}
    assert list_conflicts(con) == []


def test_what_was_sent_and_never_came_through_is_not_given_up_for_what_somebody_else_wrote(
    con: Connection, known: str
) -> None:
    change_record(con, known, make_written("Ici"), make_when())
    (op,) = list_due(con, ME, 1e12)
    assert mark_inflight(con, op)
    postpone(con, op, 1e12)
    change_record(con, known, make_written("Ici", place="Lyon"), make_when())
    rebase(con, known, "2", "Ailleurs")
    asked = get_conflict(con, known)
    assert (asked.base, asked.theirs) == (make_body("Avant"), make_body("Ailleurs"))
    assert json.loads(asked.mine or b"") == {"title": "Ici", "place": "Lyon"}


def test_a_creation_that_was_deleted_there_before_its_answer_came_is_asked(con: Connection) -> None:
    lid = create_record(con, ME, make_written("Nouveau"), make_when())
    (op,) = list_due(con, ME, 0)
    mark_inflight(con, op)
    postpone(con, op, 0)
    rebase(con, lid, "")
    assert (get_conflict(con, lid).mine, get_conflict(con, lid).rid) == (make_body("Nouveau"), None)


def test_without_an_edit_the_record_is_what_the_server_has(con: Connection, known: str) -> None:
    rebase(con, known, "2", "Ailleurs")
    assert get_record(con, known).row.title == "Ailleurs"
    rebase(con, known, "")
    rebase(con, known, "3", "Encore")
    with pytest.raises(Rejected):
        get_record(con, known)


def test_the_content_of_a_new_version_of_an_edited_document_is_to_be_fetched_again(con: Connection, known: str) -> None:
    con.execute("UPDATE res SET content = 'stored'")
    change_record(con, known, make_written("Après"), make_when())
    assert get_record(con, known).row.content is ContentState.STORED
    rebase(con, known, "2", "Avant", place="Lyon")
    assert get_record(con, known).row.content is ContentState.REMOTE


def test_settling_an_unknown_record_is_nothing(con: Connection) -> None:
    settle_edit(con, "none", None, make_version("1"), merge_words)
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)
