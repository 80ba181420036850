"""Two versions of a record, and the choice between them."""

import pytest

from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.store.conflicts import drop_kept, get_conflict, list_conflicts, list_kept, resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, delete_record
from mes_app.store.journal import list_acts
from mes_app.store.ops import list_ops
from mes_app.store.places import Place, find_place, save_place
from mes_app.store.rebases import rebase_record
from mes_app.store.records import get_record, list_rows
from tests.store.exchanges import check_consistency
from tests.store.samples import (
    CHILD,
    ME,
    make_body,
    make_version,
    make_when,
    make_written,
    merge_words,
    save_one,
    save_page,
)


def open_conflict(con: Connection, profile: str = ME, second: int = 0, *, here: str | None = "Ici") -> str:
    """A record changed here, or deleted, and changed elsewhere."""
    lid = save_one(con, profile, make_version("1", "Avant"))
    if here:
        change_record(con, lid, make_written(here), make_when(second))
    else:
        delete_record(con, lid, make_when(second))
    save_page(con, profile, [make_version("2", "Ailleurs")])
    return lid


def open_orphan(con: Connection) -> str:
    """A record changed here, and deleted elsewhere."""
    lid = save_one(con, ME, make_version("1", "Avant"))
    change_record(con, lid, make_written("Ici"), make_when())
    rebase_record(con, lid, None, merge_words)
    return lid


def list_kept_bodies(con: Connection) -> list[tuple[bytes, str]]:
    check_consistency(con)
    return [(kept.body, kept.whose) for kept in list_kept(con, ME)]


def test_conflicts_are_listed_the_oldest_first_of_one_profile_or_of_all(con: Connection) -> None:
    mine, theirs = open_conflict(con, ME, 5), open_conflict(con, CHILD.pid, 3)
    assert [conflict.row.id for conflict in list_conflicts(con)] == [theirs, mine]
    assert [conflict.row.id for conflict in list_conflicts(con, ME)] == [mine]
    assert get_conflict(con, mine) == list_conflicts(con, ME)[0]


@pytest.mark.parametrize("lid", ["none", "known"])
def test_what_is_not_in_conflict_is_refused_with_its_reason(con: Connection, lid: str) -> None:
    known = save_one(con, ME, make_version("1"))
    for act in (
        lambda: get_conflict(con, lid if lid == "none" else known),
        lambda: resolve_conflict(con, lid if lid == "none" else known, None, make_when()),
    ):
        with pytest.raises(Rejected) as refusal:
            act()
        assert refusal.value.reason is Reason.UNKNOWN_RECORD


def test_choosing_the_server_s_version_sends_nothing_and_keeps_one_s_own(con: Connection) -> None:
    lid = open_conflict(con)
    resolve_conflict(con, lid, make_written("Ailleurs"), make_when())
    assert list_kept_bodies(con) == [(make_body("Ici"), "mine")]
    assert (list_ops(con, "1", ()), list_conflicts(con)) == ([], [])
    assert get_record(con, lid).row.title == "Ailleurs"
    assert list_acts(con, ME)[0].act == "resolve"


def test_choosing_one_s_own_sends_it_on_the_server_s_version_which_is_kept(con: Connection) -> None:
    lid = open_conflict(con)
    resolve_conflict(con, lid, make_written("Ici"), make_when(next_at=9.0))
    assert list_kept_bodies(con) == [(make_body("Ailleurs"), "theirs")]
    (op,) = list_ops(con, "1", ())
    assert (op.op, op.base_ver, op.body, op.next_at) == ("U", "2", make_body("Ici"), 9.0)


def test_a_version_made_of_both_keeps_both(con: Connection) -> None:
    resolve_conflict(con, open_conflict(con), make_written("Ici et ailleurs"), make_when())
    assert sorted(whose for _, whose in list_kept_bodies(con)) == ["mine", "theirs"]


def test_a_deletion_that_is_chosen_is_sent_and_one_that_is_not_is_forgotten(con: Connection) -> None:
    lid = open_conflict(con, here=None)
    resolve_conflict(con, lid, None, make_when())
    assert list_kept_bodies(con) == [(make_body("Ailleurs"), "theirs")]
    assert [op.op for op in list_ops(con, "1", ())] == ["D"]
    child = open_conflict(con, CHILD.pid, here=None)
    resolve_conflict(con, child, make_written("Ailleurs"), make_when())
    assert list_kept(con, CHILD.pid) == []
    assert get_record(con, child).row.title == "Ailleurs"


def test_what_the_server_deleted_is_written_anew_with_its_content(con: Connection) -> None:
    lid = open_orphan(con)
    save_place(con, lid, Place("file", b"key"), 1, b"")
    resolve_conflict(con, lid, make_written("Ici"), make_when())
    (row,) = list_rows(con, ME, Kind.DOCUMENTS)
    assert row.id != lid
    assert row.content == "stored"
    assert find_place(con, row.id) == Place("file", b"key")
    assert [(op.op, op.rid) for op in list_ops(con, "1", ())] == [("C", None)]
    assert list_kept_bodies(con) == []


def test_accepting_a_deletion_keeps_what_was_written(con: Connection) -> None:
    resolve_conflict(con, open_orphan(con), None, make_when())
    assert list_kept_bodies(con) == [(make_body("Ici"), "mine")]
    assert con.execute("SELECT count(*) FROM res").fetchone() == (0,)


def test_versions_kept_are_listed_the_last_first_until_they_are_dropped(con: Connection) -> None:
    resolve_conflict(con, open_conflict(con), make_written("Encore"), make_when())
    last, first = list_kept(con, ME)
    assert last.id > first.id
    assert (last.profile, last.type, last.kind) == (ME, "DocumentReference", Kind.DOCUMENTS)
    drop_kept(con, last.id)
    assert list_kept(con, ME) == [first]
