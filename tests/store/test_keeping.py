"""What may go, what must stay, and the room taken."""

from datetime import UTC, datetime

import pytest

from mes_app.domain.keeping import Policy
from mes_app.domain.record import ContentState
from mes_app.errors import Rejected
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, create_record, delete_record
from mes_app.store.keeping import (
    Held,
    choose_policy,
    free_contents,
    free_damaged,
    free_outgrown,
    keep_record,
    list_freeable,
    measure_store,
    note_asked,
    read_policy,
    tell_held,
)
from mes_app.store.places import Place, find_place, save_place
from mes_app.store.records import get_record
from tests.store.samples import (
    CHILD,
    PARENT,
    add_conflict,
    make_incoming,
    make_when,
    make_written,
    save_one,
)

ME = PARENT.pid
THERE = b'{"content": [{"attachment": {"url": "Binary/1"}}]}'
TODAY = "2026-11-22"


def keep(con: Connection, rid: str = "d1", date_key: str = "2024", body: bytes = THERE, size: int = 10) -> str:
    """A document of the server whose content is here."""
    record_id = save_one(con, ME, make_incoming(rid, date_key=date_key, body=body))
    save_place(con, record_id, Place(f"file of {rid}", b"key"), size, b"")
    return record_id


def state(con: Connection, record_id: str) -> ContentState:
    return get_record(con, record_id).row.content


def freed(con: Connection) -> list[str]:
    return [content.record_id for content in free_contents(con)]


def test_everything_is_kept_until_the_owner_chooses_otherwise(con: Connection) -> None:
    assert read_policy(con) == Policy()
    choose_policy(con, Policy(months=6, wifi_only=True))
    assert read_policy(con) == Policy(months=6, wifi_only=True)
    assert read_policy(con).since(datetime(2026, 11, 22, tzinfo=UTC)) == "2026-05-22"


def test_what_the_server_has_too_is_freed_with_its_key_until_someone_opens_it(con: Connection) -> None:
    record_id = keep(con)
    (content,) = list_freeable(con)
    assert (content.file, content.size) == ("file of d1", 10)
    assert free_contents(con) == [content]
    assert (state(con, record_id), find_place(con, record_id)) == (ContentState.FREED, None)
    assert free_contents(con) == []


def test_a_content_that_is_only_here_is_never_freed(con: Connection) -> None:
    sent = create_record(con, ME, make_written("À envoyer"), make_when())
    save_place(con, sent, Place("own", b"key"), 1, b"")
    edited, deleted, disputed, missed = (keep(con, rid) for rid in ("edited", "deleted", "disputed", "missed"))
    change_record(con, edited, make_written("Modifié"), make_when())
    delete_record(con, deleted, make_when())
    add_conflict(con, disputed)
    con.execute("UPDATE res SET missed = 1 WHERE lid = ?", (missed,))
    keep(con, "nowhere", body=b"{}")
    assert freed(con) == []
    assert free_outgrown(con, TODAY) == []
    assert free_damaged(con, sent) == []


def test_nothing_is_freed_of_a_profile_that_the_server_may_refuse(con: Connection) -> None:
    keep(con)
    con.execute("UPDATE profile SET state = 'hidden'")
    assert freed(con) == []


def test_a_content_to_be_kept_stays_and_comes_back_if_it_was_freed(con: Connection) -> None:
    record_id = keep(con)
    free_contents(con)
    keep_record(con, record_id, kept=True)
    assert (get_record(con, record_id).row.kept, state(con, record_id)) == (True, ContentState.REMOTE)
    save_place(con, record_id, Place("again", b"key"), 10, b"")
    assert freed(con) == []
    assert free_outgrown(con, TODAY) == []
    keep_record(con, record_id, kept=False)
    assert freed(con) == [record_id]
    with pytest.raises(Rejected):
        keep_record(con, "none", kept=True)


def test_on_request_the_older_ones_alone_can_go(con: Connection) -> None:
    old, new, undated = keep(con, "old", "2025"), keep(con, "new", "2026-11-22T08:00:00Z"), keep(con, "undated", "")
    note_asked(con, old)
    assert [content.record_id for content in free_contents(con, TODAY)] == [old]
    assert [state(con, kept) for kept in (new, undated)] == [ContentState.STORED] * 2


def test_what_grew_older_than_the_policy_goes_unless_someone_opened_it(con: Connection) -> None:
    old, asked, undated = keep(con, "old"), keep(con, "asked"), keep(con, "undated", "")
    note_asked(con, asked)
    assert [content.record_id for content in free_outgrown(con, TODAY)] == [old]
    assert state(con, old) is ContentState.REMOTE
    save_place(con, asked, Place("new version", b"key"), 10, b"")
    assert free_outgrown(con, TODAY) == []
    assert find_place(con, undated)


def test_another_policy_counts_for_what_was_freed_or_opened_before(con: Connection) -> None:
    away, asked = keep(con, "away"), keep(con, "asked")
    keep_record(con, asked, kept=True)
    free_contents(con)
    keep_record(con, asked, kept=False)
    note_asked(con, asked)
    choose_policy(con, Policy(months=3))
    assert state(con, away) is ContentState.REMOTE
    assert [content.record_id for content in free_outgrown(con, TODAY)] == [asked]


def test_a_damaged_content_is_fetched_again_even_if_it_is_to_be_kept(con: Connection) -> None:
    damaged, other = keep(con), keep(con, "d2")
    keep_record(con, damaged, kept=True)
    assert [content.record_id for content in free_damaged(con, damaged)] == [damaged]
    assert (state(con, damaged), state(con, other)) == (ContentState.REMOTE, ContentState.STORED)


def test_what_is_here_and_what_is_not_is_counted_by_profile(con: Connection) -> None:
    keep(con, "d1", size=10)
    keep(con, "d2", size=20)
    save_one(con, ME, make_incoming("d3"))
    con.execute("UPDATE res SET content = 'none' WHERE lid = ?", (save_one(con, ME, make_incoming("d4")),))
    save_one(con, CHILD.pid, make_incoming("d5"))
    assert tell_held(con) == {ME: Held(here=2, size=30, away=1), CHILD.pid: Held(here=0, size=0, away=1)}


def test_the_database_has_a_size(con: Connection) -> None:
    assert measure_store(con) > 4096
