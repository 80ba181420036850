"""One measure over time: what is looked at, its extent, and the ranges its results state."""

from decimal import Decimal

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_series import Band, MeasureHistory, Period, Point, find_bands, find_extent, narrow
from mes_app.domain.record import Kind, Row, Source

DAY = 86_400.0
USUAL = Range(low=Decimal("0.7"), high=Decimal("1.1"), unit="g/L")


def point(
    day: float, *values: float, unit: str = "g/L", source: Source = Source.SELF, usual: Range | None = None
) -> Point:
    row = Row(id=f"r{day}", profile="p", kind=Kind.MEASURES, unit=unit, source=source)
    return Point(row, day * DAY, values, (usual,) if usual else ())


def history(*points: Point, undated: int = 0) -> MeasureHistory:
    more = (Row(id=f"u{number}", profile="p", kind=Kind.MEASURES) for number in range(undated))
    return MeasureHistory((*(each.row for each in reversed(points)), *more), points)


def days(shown: MeasureHistory) -> list[float]:
    return [each.time / DAY for each in shown.points]


def test_a_period_goes_back_from_the_newest_value_however_old_it_is() -> None:
    known = history(*(point(day, 1) for day in (0, 200, 390, 399.5, 400)), undated=1)
    assert days(narrow(known, Period.DAY, None)) == [399.5, 400]
    assert days(narrow(known, Period.MONTH, None)) == [390, 399.5, 400]
    assert days(narrow(known, Period.YEAR, None)) == [200, 390, 399.5, 400]
    shown = [len(narrow(known, period, None).rows) for period in Period]
    assert shown == [2, 3, 4, 6]  # without a date, a value belongs to no period


def test_a_source_leaves_what_it_said_itself() -> None:
    known = history(point(1, 1), point(2, 2, source=Source.PROFESSIONAL), point(3, 3))
    assert known.sources == (Source.SELF, Source.PROFESSIONAL)
    shown = narrow(known, Period.ALL, Source.PROFESSIONAL)
    assert (days(shown), [row.source for row in shown.rows]) == ([2], [Source.PROFESSIONAL])
    assert narrow(known, Period.ALL, Source.DEVICE) == MeasureHistory()
    assert narrow(MeasureHistory(), Period.DAY, None) == MeasureHistory()


def test_numbers_of_another_unit_are_listed_and_not_drawn() -> None:
    shown = narrow(history(point(1, 99, unit="mg/dL"), point(2, 1.0), point(3, 1.2)), Period.ALL, None)
    assert (days(shown), len(shown.rows)) == ([2, 3], 3)


def test_an_extent_has_the_newest_of_its_ends_and_a_mean_as_precise_as_the_values() -> None:
    points = [point(1, 61.5), point(2, 63.0), point(3, 61.5), point(4, 62.0)]
    extent = find_extent(points, 0)
    assert (extent.lowest, extent.highest, extent.mean) == (points[2], points[1], Decimal("62.0"))
    pressures = [point(1, 120, 80), point(2, 131, 79), point(3, 125, 90)]
    assert [find_extent(pressures, rank).mean for rank in (0, 1)] == [Decimal(125), Decimal(83)]


def test_bands_are_only_where_results_state_a_range_in_their_own_unit() -> None:
    elsewhere = Range(low=Decimal(70), high=Decimal(110), unit="mg/dL")
    lower = Range(high=Decimal("0.9"))
    points = [point(1, 1), point(2, 1, usual=USUAL), point(3, 1, usual=USUAL), point(4, 1), point(5, 1, usual=lower)]
    assert find_bands([*points, point(6, 1, usual=elsewhere)]) == [
        Band(0.7, 1.1, 2 * DAY, 3 * DAY),
        Band(None, 0.9, 5 * DAY, 5 * DAY),
    ]
    assert find_bands([point(1, 1, usual=Range(text="négatif"))]) == []
