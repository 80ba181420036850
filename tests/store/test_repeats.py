"""What a device sent twice stands once, and both are reached."""

from typing import Any

from mes_app.domain.record import Change, Kind, Source
from mes_app.store.connections import Connection
from mes_app.store.records import count_by_kind, get_record, list_rows
from mes_app.store.repeats import list_repeats, settle_repeats
from tests.store.samples import ME, make_incoming, save_one

CHANGED = frozenset({Change(ME, Kind.MEASURES)})
AT = "2026-03-01T07:10:00+01:00"


def save(con: Connection, rid: str, **told: object) -> str:
    usual: dict[str, Any] = {
        "kind": Kind.MEASURES,
        "category": "weight",
        "date_text": AT,
        "date_key": "2026-03-01T06:10:00Z",
        "source": Source.DEVICE,
        "value": 72.5,
        "unit": "kg",
        "organization": "Device/scale",
    }
    return save_one(con, ME, make_incoming(rid, resource_type="Observation", **{**usual, **told}))


def shown(con: Connection) -> list[str]:
    con.run_change(lambda: settle_repeats(con, CHANGED))
    return sorted(row.id for row in list_rows(con, ME, Kind.MEASURES))


def test_the_same_value_at_the_same_moment_of_one_device_is_shown_and_counted_once(con: Connection) -> None:
    first, second = save(con, "a"), save(con, "b")
    assert shown(con) == [first]
    assert count_by_kind(con, ME)[Kind.MEASURES] == 1
    assert [row.id for row in list_repeats(con, first)] == [second]
    assert [row.id for row in list_repeats(con, second)] == [first]
    assert get_record(con, second).row.value == 72.5


def test_one_identifier_is_one_measure_whatever_device_is_named_and_though_the_time_is_not(con: Connection) -> None:
    day = {"date_text": "2026-03-01", "date_key": "2026-02-28T23:00:00Z", "unique_id": "urn:hub|7"}
    first = save(con, "a", **day)
    second = save(con, "b", **day, organization="Device/hub")
    assert shown(con) == [first]
    assert [row.id for row in list_repeats(con, first)] == [second]


def test_what_differs_in_anything_is_another_measure(con: Connection) -> None:
    saved = [
        save(con, "a"),
        save(con, "b", value=72.6),
        save(con, "c", date_key="2026-03-01T06:11:00Z"),
        save(con, "d", organization="Device/other"),
        save(con, "e", category="height"),
        save(con, "f", unit="[lb_av]"),
        save(con, "g", source=Source.SELF),
        save(con, "h", organization=""),
        save(con, "i", organization=""),
        save(con, "j", value=None),
        save(con, "k", value=None),
        save(con, "l", date_text="2026-03-01"),
        save(con, "m", date_text="2026-03-01"),
    ]
    assert shown(con) == sorted(saved)
    assert not any(list_repeats(con, each) for each in saved)


def test_of_two_the_other_stands_once_the_first_differs(con: Connection) -> None:
    first, second = save(con, "a"), save(con, "b")
    assert shown(con) == [first]
    con.run_change(lambda: con.execute("UPDATE res SET value = 73 WHERE lid = ?", (first,)))
    assert shown(con) == sorted([first, second])
