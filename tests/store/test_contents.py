"""Contents still to be fetched."""

from mes_app.domain.record import Change, ContentState, Kind
from mes_app.store.contents import count_awaited, list_awaited, set_content_state
from mes_app.store.database import Connection
from tests.store.samples import CHILD, PARENT, make_incoming, save_one, save_page

ME = PARENT.pid


def test_contents_are_awaited_newest_first_and_per_profile(con: Connection) -> None:
    page = [make_incoming(f"d{year}", title=year, date_key=year) for year in ("2020", "2022", "2021")]
    save_page(con, ME, [*page, make_incoming("withheld", withheld=True)])
    save_page(con, CHILD.pid, [make_incoming("d1")])
    assert [row.title for row in list_awaited(con, ME)] == ["2022", "2021", "2020"]
    assert [row.title for row in list_awaited(con, ME, limit=1)] == ["2022"]
    assert count_awaited(con, ME) == 3


def test_a_content_stored_or_given_up_is_no_longer_awaited(con: Connection) -> None:
    record_id = save_one(con, ME, make_incoming())
    done, changes = con.run_change(lambda: set_content_state(con, record_id, ContentState.TOO_LARGE))
    assert done
    assert changes == {Change(ME, Kind.DOCUMENTS)}
    assert count_awaited(con, ME) == 0


def test_the_state_of_an_unknown_record_is_not_set(con: Connection) -> None:
    assert not set_content_state(con, "none", ContentState.STORED)
