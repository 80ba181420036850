"""Resources that belong to no profile."""

from mes_app.store.database import Connection
from mes_app.store.shared import find_shared, list_shared, missing_shared, save_shared


def test_a_resource_is_kept_and_replaced(con: Connection) -> None:
    assert find_shared(con, "Practitioner", "1") is None
    save_shared(con, "Practitioner", "1", "1", b"first")
    save_shared(con, "Practitioner", "1", "2", b"second")
    assert find_shared(con, "Practitioner", "1") == b"second"


def test_only_what_is_not_here_is_missing(con: Connection) -> None:
    save_shared(con, "Practitioner", "1", "1", b"{}")
    refs = {("Practitioner", "1"), ("Practitioner", "2"), ("Organization", "1")}
    assert missing_shared(con, refs) == [("Organization", "1"), ("Practitioner", "2")]
    assert missing_shared(con, set()) == []


def test_all_that_is_kept_is_told(con: Connection) -> None:
    assert list_shared(con) == set()
    save_shared(con, "Practitioner", "1", "1", b"{}")
    save_shared(con, "Device", "1", "1", b"{}")
    assert list_shared(con) == {("Practitioner", "1"), ("Device", "1")}
