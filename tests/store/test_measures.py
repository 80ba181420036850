"""Which measures have more to tell than their columns."""

from mes_app.domain.record import Kind
from mes_app.store.database import Connection
from mes_app.store.edits import delete_record
from mes_app.store.measures import list_ranged_bodies
from mes_app.store.records import get_record
from tests.store.samples import CHILD, ME, make_incoming, make_when, save_one

RANGED = b'{"resourceType":"Observation","referenceRange":[{"text":"\xc3\xa0 jeun"}]}'


def save_measure(con: Connection, rid: str, body: bytes = RANGED, category: str = "glucose") -> str:
    measure = make_incoming(rid, body=body, resource_type="Observation", kind=Kind.MEASURES, category=category)
    return save_one(con, ME, measure)


def test_only_measures_that_state_a_range_are_opened(con: Connection) -> None:
    ranged, gone = save_measure(con, "o1"), save_measure(con, "o2")
    save_measure(con, "o3", b'{"resourceType":"Observation"}')
    save_measure(con, "o4", category="weight")
    con.run_change(lambda: delete_record(con, gone, make_when()))
    day = get_record(con, ranged).row.date_key
    assert list_ranged_bodies(con, ME, "glucose", "") == [(ranged, day, RANGED)]
    assert list_ranged_bodies(con, ME, "glucose", day) == [(ranged, day, RANGED)]
    assert list_ranged_bodies(con, ME, "glucose", f"{day}+") == []
    assert list_ranged_bodies(con, CHILD.pid, "glucose", "") == []
