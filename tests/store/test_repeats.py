"""What a device sent twice stands once, and both are reached."""

from typing import Any

from mes_app.domain.record import Kind, Source
from mes_app.store.connections import Connection
from mes_app.store.records import count_by_kind, get_record, list_rows
from mes_app.store.repeats import _LIST, _SETTLE, list_repeats, settle_repeats
from tests.store.samples import ME, make_incoming, save_one

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
    con.run_change(lambda: settle_repeats(con))
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


def test_one_that_no_device_tells_any_more_stands_for_itself(con: Connection) -> None:
    first, second = save(con, "a"), save(con, "b")
    assert shown(con) == [first]
    con.run_change(lambda: con.execute("UPDATE res SET source = 'self' WHERE lid = ?", (second,)))
    assert shown(con) == sorted([first, second])


def test_the_other_stands_once_the_first_is_deleted_withheld_or_gone(con: Connection) -> None:
    first, second, third, last = (save(con, name) for name in "abcd")
    assert shown(con) == [first]
    con.run_change(lambda: con.execute("UPDATE res SET deleted = 1 WHERE lid = ?", (first,)))
    assert shown(con) == [second]
    con.run_change(lambda: con.execute("UPDATE res SET withheld = 1 WHERE lid = ?", (second,)))
    assert shown(con) == [third]
    con.run_change(lambda: con.execute("DELETE FROM res WHERE lid = ?", (third,)))
    assert shown(con) == [last]
    con.run_change(lambda: con.execute("UPDATE res SET deleted = 0 WHERE lid = ?", (first,)))
    assert shown(con) == [first]


def test_what_is_typed_or_brought_by_the_person_is_never_judged(con: Connection) -> None:
    save(con, "a", source=Source.SELF)
    assert con.execute("SELECT * FROM repeat_due").fetchall() == []


def test_of_a_moment_only_its_own_measures_are_read(con: Connection) -> None:
    save(con, "a")
    for sql, values in ((_SETTLE, ()), (_LIST, ("x",))):
        plan = [told for *_, told in con.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
        assert any("USING INDEX res_told (profile=? AND date_key=?)" in step for step in plan), plan
        assert not any(step.startswith("SCAN res") for step in plan), plan
