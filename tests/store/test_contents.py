"""Contents still to be fetched."""

from mes_app.domain.record import Change, ContentState, Kind
from mes_app.store.contents import list_awaited, set_content_state
from mes_app.store.database import Connection
from mes_app.store.keeping import keep_record
from mes_app.store.pieces import Origin, find_begun, save_piece
from mes_app.store.places import Place, save_place
from mes_app.store.records import get_record
from tests.store.samples import CHILD, PARENT, make_incoming, save_one, save_page

ME = PARENT.pid


def titles(con: Connection, since: str = "") -> list[str]:
    return [get_record(con, record_id).row.title for record_id in list_awaited(con, ME, since)]


def test_contents_are_awaited_newest_first_and_per_profile(con: Connection) -> None:
    page = [make_incoming(f"d{year}", title=year, date_key=year) for year in ("2020", "2022", "2021")]
    save_page(con, ME, [*page, make_incoming("withheld", withheld=True)])
    save_page(con, CHILD.pid, [make_incoming("d1")])
    assert titles(con) == ["2022", "2021", "2020"]


def test_of_old_documents_only_those_kept_those_undated_and_those_replaced_are_awaited(con: Connection) -> None:
    dates = {"new": "2026-06", "first day": "2026-05-22T00:00:00Z", "undated": "", "kept": "2020", "here": "2019"}
    for title, key in {**dates, "old": "2026-05-21T23:59:59Z", "freed": "2026-06"}.items():
        record_id = save_one(con, ME, make_incoming(title, title=title, date_key=key))
        if title == "kept":
            keep_record(con, record_id, kept=True)
        if title == "here":
            save_place(con, record_id, Place("1", b"a"), 1, b"")
            save_one(con, ME, make_incoming("here", "2", title=title, date_key=key))
        if title == "freed":
            set_content_state(con, record_id, ContentState.FREED)
    assert titles(con, "2026-05-22") == ["new", "first day", "kept", "here", "undated"]


def test_a_content_stored_or_given_up_is_no_longer_awaited_and_its_pieces_go(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    save_piece(con, record_id, Origin("Binary/1", '"1"'), 0, b"%PDF")
    done, changes = con.run_change(lambda: set_content_state(con, record_id, ContentState.TOO_LARGE))
    assert done
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert list_awaited(con, ME) == []
    assert find_begun(con, record_id, "Binary/1") is None


def test_the_state_of_an_unknown_record_is_not_set(con: Connection) -> None:
    assert not set_content_state(con, "none", ContentState.STORED)
