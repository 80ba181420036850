"""Small values of the whole vault."""

from mes_app.store.database import Connection
from mes_app.store.preferences import get_preference, put_preference


def test_a_value_is_kept_replaced_and_removed(con: Connection) -> None:
    assert get_preference(con, "server") is None
    assert get_preference(con, "server", "none") == "none"
    for value in ({"user": "camille", "patients": ["é"]}, [1, 2], "text", False):
        put_preference(con, "server", value)
        assert get_preference(con, "server") == value
    put_preference(con, "server", None)
    assert get_preference(con, "server", "none") == "none"
