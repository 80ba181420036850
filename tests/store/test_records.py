"""The queries of the screens."""

import pytest

from mes_app.domain.record import Change, Kind, Row
from mes_app.errors import Reason, Rejected
from mes_app.store import records
from mes_app.store.conflicts import get_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import change_record, delete_record
from mes_app.store.places import Place, save_place
from mes_app.store.rows import SHOWN
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


def list_titles(con: Connection, **asked: object) -> list[str]:
    return [row.title for row in records.list_rows(con, ME, Kind.DOCUMENTS, **asked)]  # type: ignore[arg-type]


@pytest.fixture
def years(con: Connection) -> Connection:
    """Seven documents: one a year from 2018, the last two of the same moment."""
    dates = ["2018", "2019", "2020", "2021", "2022", "2023", "2023"]
    save_page(
        con,
        ME,
        [make_incoming(f"d{n}", title=f"{date}-{n}", date_text=date, date_key=date) for n, date in enumerate(dates)],
    )
    return con


def test_lists_show_the_newest_first_or_the_oldest(years: Connection) -> None:
    newest = list_titles(years)
    assert [title[:4] for title in newest] == ["2023", "2023", "2022", "2021", "2020", "2019", "2018"]
    assert list_titles(years, oldest_first=True) == newest[::-1]


@pytest.mark.parametrize("oldest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_put_together_are_the_whole_list(years: Connection, limit: int, oldest_first: bool) -> None:
    seen: list[Row] = []
    while page := records.list_rows(
        years, ME, Kind.DOCUMENTS, limit=limit, after=seen[-1] if seen else None, oldest_first=oldest_first
    ):
        seen += page
    assert [row.title for row in seen] == list_titles(years, oldest_first=oldest_first)


def test_dates_bound_a_list_from_included_to_not_included(years: Connection) -> None:
    assert [title[:4] for title in list_titles(years, from_date="2019", before_date="2021")] == ["2020", "2019"]


def test_filters_by_category_and_status_add_up(con: Connection) -> None:
    page = [
        make_incoming("d1", title="un", category="BIOLOGIE"),
        make_incoming("d2", title="deux", category="BIOLOGIE", status="superseded"),
        make_incoming("d3", title="trois"),
    ]
    save_page(con, ME, page)
    assert sorted(list_titles(con, category="BIOLOGIE")) == ["deux", "un"]
    assert list_titles(con, category="BIOLOGIE", status="current") == ["un"]


def test_counts_are_by_kind_and_by_category_without_the_withheld(con: Connection) -> None:
    page = [
        make_incoming("d1", category="BIOLOGIE"),
        make_incoming("d2"),
        make_incoming("d3"),
        make_incoming("d4", withheld=True),
        make_incoming("c1", resource_type="Condition", kind=Kind.CONDITIONS, category=""),
    ]
    save_page(con, ME, page)
    assert records.count_by_category(con, ME, Kind.DOCUMENTS) == {"BIOLOGIE": 1, "CPT_REND": 2}
    assert records.count_by_kind(con, ME) == {Kind.DOCUMENTS: 3, Kind.CONDITIONS: 1}


def test_lists_and_counts_read_an_index_not_the_table(con: Connection) -> None:
    for sql in (
        "SELECT * FROM res WHERE {} AND profile = ? AND kind = ? ORDER BY date_key DESC, lid DESC",
        "SELECT * FROM res WHERE {} AND profile = ? AND kind = ? AND category = 'x' ORDER BY date_key, lid",
        "SELECT * FROM res WHERE {} AND profile = ? AND kind = ? AND unread = 1 ORDER BY date_key, lid",
        "SELECT category, count(*) FROM res WHERE {} AND profile = ? AND kind = ? GROUP BY category",
    ):
        plan = " ".join(step for *_, step in con.execute("EXPLAIN QUERY PLAN " + sql.format(SHOWN), ("p", "k")))
        assert "USING" in plan
        assert "INDEX" in plan
        assert "TEMP B-TREE" not in plan


def test_an_unknown_record_is_refused_with_its_reason(con: Connection) -> None:
    with pytest.raises(Rejected) as refusal:
        records.get_record(con, "none")
    assert refusal.value.reason is Reason.UNKNOWN_RECORD
    assert records.find_record(con, ME, "DocumentReference", "none") is None


def test_the_user_s_version_is_read_before_the_server_s(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming(body=b"theirs"))
    con.execute("UPDATE body SET overlay = ?", (b"mine",))
    assert records.get_record(con, record_id).body == b"mine"
    assert [stored.body for stored in records.list_bodies(con, ME, Kind.DOCUMENTS)] == [b"mine"]


def test_bodies_come_newest_first_up_to_the_limit(years: Connection) -> None:
    assert [stored.row.title[:4] for stored in records.list_bodies(years, ME, Kind.DOCUMENTS, limit=3)] == [
        "2023",
        "2023",
        "2022",
    ]


def test_a_record_read_is_no_longer_unread_and_says_so_once(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    _, changes = con.run_change(lambda: records.mark_read(con, record_id))
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert records.list_rows(con, ME, Kind.DOCUMENTS, unread=True) == []
    _, changes = con.run_change(lambda: records.mark_read(con, record_id))
    assert changes == frozenset()


def test_a_record_can_be_new_again(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    records.mark_read(con, record_id)
    _, changes = con.run_change(lambda: records.mark_unread(con, record_id))
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert [row.id for row in records.list_rows(con, ME, Kind.DOCUMENTS, unread=True)] == [record_id]


def test_a_removed_record_leaves_a_tombstone_and_nothing_else(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming(ver="3"))
    save_place(con, record_id, Place("file", b"key"), 1, b"")
    refs = [("DocumentReference", "d1"), ("DocumentReference", "never seen")]
    removed, changes = con.run_change(lambda: records.remove_records(con, ME, refs, merge=merge_words))
    assert removed == 1
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert con.execute("SELECT profile, type, rid, ver FROM tomb").fetchall() == [(ME, "DocumentReference", "d1", "3")]
    left = "SELECT (SELECT count(*) FROM res), (SELECT count(*) FROM body), (SELECT count(*) FROM blob)"
    assert con.execute(left).fetchone() == (0, 0, 0)


def test_a_record_with_an_unsent_change_waits_for_its_user_instead(con: Connection) -> None:
    record_id = save_one(con, ME, make_version("1"))
    change_record(con, record_id, make_written("Autre"), make_when())
    assert records.remove_records(con, ME, [("DocumentReference", "d1")], merge=merge_words) == 0
    assert get_conflict(con, record_id).theirs is None


def test_a_withheld_record_is_removed_like_another(con: Connection) -> None:
    save_page(con, ME, [make_incoming(withheld=True)])
    assert records.remove_records(con, ME, [("DocumentReference", "d1")], merge=merge_words) == 1
    assert con.execute("SELECT (SELECT count(*) FROM res), (SELECT count(*) FROM tomb)").fetchone() == (0, 1)


def test_what_the_user_deleted_is_neither_listed_nor_found_nor_counted(con: Connection) -> None:
    record_id = save_one(con, ME, make_version("1"))
    delete_record(con, record_id, make_when())
    assert records.list_rows(con, ME, Kind.DOCUMENTS) == []
    assert records.list_bodies(con, ME, Kind.DOCUMENTS) == []
    assert records.count_by_kind(con, ME) == records.count_by_category(con, ME, Kind.DOCUMENTS) == {}
    assert records.find_record(con, ME, "DocumentReference", "d1") is None


def test_removal_concerns_one_profile(con: Connection) -> None:
    for pid in (ME, CHILD.pid):
        save_one(con, pid, make_incoming())
    records.remove_records(con, ME, [("DocumentReference", "d1")], merge=merge_words)
    assert records.find_record(con, CHILD.pid, "DocumentReference", "d1")
