"""Cursors of the pull."""

from mes_app.store.cursors import Cursor, get_cursor, save_cursor
from mes_app.store.database import Connection
from tests.store.samples import CHILD, PARENT


def test_a_cursor_is_blank_before_the_first_pass_then_as_saved(con: Connection) -> None:
    assert get_cursor(con, PARENT.pid, "Observation") == Cursor()
    under_way = Cursor(high="2024-06-01T00:00:00Z", pass_id="p", next_url="http://x/?page=2", next_at=12.5)
    save_cursor(con, PARENT.pid, "Observation", under_way)
    assert get_cursor(con, PARENT.pid, "Observation") == under_way
    save_cursor(con, PARENT.pid, "Observation", Cursor(high="2024-06-02T00:00:00Z"))
    assert get_cursor(con, PARENT.pid, "Observation") == Cursor(high="2024-06-02T00:00:00Z")


def test_each_profile_and_type_has_its_own(con: Connection) -> None:
    save_cursor(con, PARENT.pid, "Observation", Cursor(high="x"))
    assert get_cursor(con, CHILD.pid, "Observation") == get_cursor(con, PARENT.pid, "Condition") == Cursor()
