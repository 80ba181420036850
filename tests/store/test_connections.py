"""A change with the hooks that belong to it."""

import pytest

from mes_app.domain.record import Change, Kind
from mes_app.errors import Locked, Reason, Unreadable
from mes_app.store.connections import Connection
from mes_app.store.preferences import get_preference, put_preference

CHANGE = Change("parent", Kind.ALLERGIES)


def put(con: Connection, value: int) -> None:
    put_preference(con, "name", value)
    con.touch(CHANGE.profile, CHANGE.kind)


def test_a_hook_sees_the_change_and_what_it_touched_before_the_commit(con: Connection) -> None:
    seen: list[object] = []

    def look(inside: Connection, touched: frozenset[Change]) -> None:
        seen.append((get_preference(inside, "name"), touched, inside.driver_connection.in_transaction))

    assert con.run_change(lambda: put(con, 1), [look]) == (None, frozenset({CHANGE}))
    assert seen == [(1, {CHANGE}, True)]


def test_what_a_hook_raises_undoes_the_change(con: Connection) -> None:
    def refuse(_con: Connection, _touched: frozenset[Change]) -> None:
        raise Unreadable(Reason.DISK_FULL)

    with pytest.raises(Unreadable):
        con.run_change(lambda: put(con, 1), [refuse])
    assert get_preference(con, "name") is None


def test_a_change_that_touches_nothing_calls_no_hook(con: Connection) -> None:
    seen: list[object] = []
    con.run_change(lambda: put_preference(con, "name", 1), [lambda *told: seen.append(told)])
    assert seen == []


def test_an_interrupted_connection_refuses_statements_and_says_that_the_vault_is_locked(con: Connection) -> None:
    con.require_open()
    con.interrupt()
    for refused in (con.require_open, lambda: con.execute("SELECT 1"), lambda: con.executemany("SELECT ?", [(1,)])):
        with pytest.raises(Locked):
            refused()
