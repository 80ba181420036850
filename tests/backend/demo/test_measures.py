from mes_backend.demo.calendars import Calendar
from mes_backend.demo.measures import (
    build_growth,
    build_measure,
    build_pressure,
    build_weekly_pressures,
    build_weights,
    wave,
)
from mes_backend.demo.people import Member


def test_what_looks_like_chance_never_changes() -> None:
    assert [wave(index, 5) for index in range(50)] == [wave(index, 5) for index in range(50)]
    assert max(abs(wave(index, 5)) for index in range(500)) <= 5


def test_a_measure_has_its_code_and_unit(members: dict[str, Member]) -> None:
    by = members["leo"].reference
    fever = build_measure(members["leo"], "temperature", "1", 38.4, day="2026-01-01", by=by)
    assert fever["code"]["coding"][0]["code"] == "8310-5"
    assert fever["valueQuantity"]["code"] == "Cel"
    pressure = build_pressure(members["leo"], "1", (102, 61), day="2026-01-01", by=by)
    assert [part["valueQuantity"]["value"] for part in pressure["component"]] == [102, 61]


def test_blood_pressure_was_taken_every_week_for_two_years(members: dict[str, Member], calendar: Calendar) -> None:
    series = list(build_weekly_pressures(members["camille"], calendar))
    pressures = [[part["valueQuantity"]["value"] for part in one["component"]] for one in series if "component" in one]
    assert len(pressures) == 104
    assert all(100 < systolic < 140 and 60 < diastolic < 90 for systolic, diastolic in pressures)


def test_weight_rose_until_the_birth_and_fell_after(members: dict[str, Member], calendar: Calendar) -> None:
    birth = calendar.births["jeanne"].isoformat()
    series = list(build_weights(members["camille"], calendar))
    days = {one["effectiveDateTime"][:10]: one["valueQuantity"]["value"] for one in series}
    heaviest = max(days, key=lambda day: days[day])
    assert abs(int(heaviest[:4]) * 12 + int(heaviest[5:7]) - int(birth[:4]) * 12 - int(birth[5:7])) <= 1
    assert 60 < min(days.values()) < max(days.values()) < 82


def test_a_child_grows_and_never_shrinks(members: dict[str, Member], calendar: Calendar) -> None:
    series = list(build_growth(members["leo"], calendar, 1.0))
    heights = [one["valueQuantity"]["value"] for one in series if one["code"]["text"] == "Taille"]
    assert heights == sorted(heights)
    assert (heights[0] < 52, heights[-1] > 130) == (True, True)
    assert {one["code"]["text"] for one in series} == {"Poids", "Taille", "Périmètre crânien"}
