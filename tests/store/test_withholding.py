"""Edits of a record that may no longer be seen."""

import json

from mes_app.domain.record import Kind
from mes_app.fhir.overviews import summarise
from mes_app.store.conflicts import list_kept
from mes_app.store.database import Connection
from mes_app.store.edits import Written, change_record, create_record, delete_record
from mes_app.store.outbox import drop_changes, list_due, mark_inflight
from mes_app.store.rebases import rebase_record
from mes_app.store.versions import keep_version, require_versions
from mes_app.store.withholding import forget_bodies
from tests.store.samples import ME, make_incoming, make_when, merge_words, save_one

THEIRS = {"resourceType": "Condition", "code": {"text": "Diagnostic à annoncer"}}


def write(**told: object) -> Written:
    said = THEIRS | told
    return Written("Condition", json.dumps(said).encode(), summarise(said, holder=True))


def receive(con: Connection) -> str:
    overview = summarise(THEIRS, holder=True)
    item = make_incoming("c1", body=json.dumps(THEIRS).encode(), resource_type="Condition")
    return save_one(con, ME, item.__class__(item.type, item.rid, item.ver, item.upd, item.body, overview))


def test_the_words_not_sent_are_kept_and_nothing_that_the_server_said(con: Connection) -> None:
    record_id = receive(con)
    change_record(con, record_id, write(note=[{"text": "Mal au dos"}]), make_when())
    forget_bodies(con, [record_id])
    (kept,) = list_kept(con, ME)
    assert json.loads(kept.body) == {"resourceType": "Condition", "note": [{"text": "Mal au dos"}]}
    assert (kept.kind, kept.title, kept.whose) == (Kind.CONDITIONS, "", "mine")


def test_what_was_being_sent_when_it_was_withheld_is_kept_whole_where_the_user_wrote_all_of_it(con: Connection) -> None:
    record_id = create_record(con, ME, write(), make_when())
    (op,) = list_due(con, ME, 1e12)
    assert mark_inflight(con, op)
    forget_bodies(con, [record_id])
    (kept,) = list_kept(con, ME)
    assert (json.loads(kept.body), kept.title) == (THEIRS, "")


def test_a_version_rebased_on_one_that_is_withheld_leaves_its_own_words(con: Connection) -> None:
    record_id = receive(con)
    change_record(con, record_id, write(note=[{"text": "Mal au dos"}]), make_when())
    withheld = make_incoming(
        "c1", "2", "2024-06-02T00:00:00Z", b'{"code": {"text": "Autre"}}', "Condition", withheld=True
    )
    rebase_record(con, record_id, withheld, merge_words)
    (kept,) = list_kept(con, ME)
    assert json.loads(kept.body)["note"] == [{"text": "Mal au dos"}]
    assert b"Diagnostic" not in kept.body
    assert (kept.kind, con.execute("SELECT count(*) FROM body").fetchone()) == (Kind.CONDITIONS, (0,))


def test_z3_versions_kept_before_leave_their_own_words_too(con: Connection) -> None:
    record_id = receive(con)
    change_record(con, record_id, write(note=[{"text": "Mal au dos"}]), make_when())
    now = require_versions(con, record_id)
    keep_version(con, now, now.mine, "mine")
    keep_version(con, now, now.mirror, "theirs")
    drop_changes(con, record_id, make_when())
    forget_bodies(con, [record_id])
    (kept,) = list_kept(con, ME)
    assert json.loads(kept.body) == {"resourceType": "Condition", "note": [{"text": "Mal au dos"}]}
    assert (kept.title, kept.whose) == ("", "mine")


def test_a_deletion_and_what_was_never_edited_leave_nothing(con: Connection) -> None:
    record_id = receive(con)
    delete_record(con, record_id, make_when())
    forget_bodies(con, [record_id])
    assert list_kept(con, ME) == []
