"""Small values of the whole vault, and of one person."""

from mes_app.store.database import Connection
from mes_app.store.preferences import (
    get_preference,
    get_profile_preference,
    list_profile_preferences,
    put_preference,
    put_profile_preference,
)
from mes_app.store.profiles import purge_profile, save_profile
from tests.store.samples import CHILD, PARENT


def test_a_value_is_kept_replaced_and_removed(con: Connection) -> None:
    assert get_preference(con, "server") is None
    assert get_preference(con, "server", "none") == "none"
    for value in ({"user": "camille", "patients": ["é"]}, [1, 2], "text", False):
        put_preference(con, "server", value)
        assert get_preference(con, "server") == value
    put_preference(con, "server", None)
    assert get_preference(con, "server", "none") == "none"


def test_a_value_of_one_person_is_theirs_and_goes_with_them(con: Connection) -> None:
    for profile in (PARENT, CHILD):
        save_profile(con, profile)
    put_profile_preference(con, CHILD.pid, "weeks", 31)
    put_profile_preference(con, CHILD.pid, "weeks", 32)
    assert get_profile_preference(con, CHILD.pid, "weeks") == 32
    assert get_profile_preference(con, PARENT.pid, "weeks", "none") == "none"
    put_profile_preference(con, CHILD.pid, "weeks", None)
    assert get_profile_preference(con, CHILD.pid, "weeks") is None
    put_profile_preference(con, CHILD.pid, "weeks", 32)
    purge_profile(con, CHILD.pid)
    assert con.execute("SELECT count(*) FROM profile_preference").fetchone() == (0,)


def test_all_that_is_kept_for_one_person_is_listed_by_name(con: Connection) -> None:
    put_profile_preference(con, CHILD.pid, "weeks", 34)
    put_profile_preference(con, CHILD.pid, "marks", {"a": 1})
    put_profile_preference(con, PARENT.pid, "weeks", 36)
    assert list_profile_preferences(con, CHILD.pid) == {"marks": {"a": 1}, "weeks": 34}
