"""What is drawn of a series, however long."""

from itertools import pairwise

import flet as ft
import flet.canvas as cv
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.measure_series import Band, Point
from mes_app.domain.record import Kind, Row
from mes_app.views.widgets.charts import COLUMN, thin_spots
from mes_app.views.widgets.series_charts import FEW, Drawn, choose_marks, series_chart

WIDTH, HEIGHT = 320.0, 220.0
DAY = 86_400.0
ROW = Row(id="r", profile="p", kind=Kind.MEASURES)


def shapes(points: list[Point], *bands: Band, within_day: bool = False) -> list[cv.Shape]:
    chart = series_chart(Drawn(points, bands, within_day=within_day), WIDTH, HEIGHT, 1.0)
    assert isinstance(chart, ft.Semantics)
    canvas = chart.content
    assert isinstance(canvas, cv.Canvas)
    return canvas.shapes


def lines(drawn: list[cv.Shape]) -> list[cv.Path]:
    return [shape for shape in drawn if isinstance(shape, cv.Path)]


def test_of_five_thousand_points_no_more_is_given_to_the_screen_than_it_can_show() -> None:
    points = [Point(ROW, day * DAY, (120 + day * 7919 % 23, 80 + day % 11)) for day in range(5_000)]
    drawn = shapes(points)
    assert [len(line.elements) <= 4 * WIDTH / COLUMN for line in lines(drawn)] == [True, True]
    assert len(drawn) < 30


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200)), min_size=1, max_size=400))
def test_a_thinned_line_keeps_its_ends_and_its_extremes(spots: list[tuple[float, float]]) -> None:
    spots.sort()
    thin = thin_spots(spots)
    assert (thin[0], thin[-1]) == (spots[0], spots[-1])
    assert [pick(y for _, y in thin) == pick(y for _, y in spots) for pick in (min, max)] == [True, True]
    assert all(before[0] <= after[0] for before, after in pairwise(thin))
    assert len(thin) <= min(len(spots), 4 * len({x // COLUMN for x, _ in spots}))


def test_few_values_have_a_dot_each_and_many_only_the_newest() -> None:
    few, many = ([Point(ROW, day * DAY, (60 + day % 3,)) for day in range(count)] for count in (FEW, FEW + 1))
    assert sum(isinstance(shape, cv.Circle) for shape in shapes(few)) == FEW
    assert sum(isinstance(shape, cv.Circle) for shape in shapes(many)) == 1


def test_a_band_is_seen_even_of_one_result_and_reaches_the_edge_where_a_side_is_open() -> None:
    points = [Point(ROW, day * DAY, (float(day),)) for day in range(4)]
    single, open_sided = Band(1, 2, DAY, DAY), Band(None, 2, DAY, 3 * DAY)
    small, large = (shape for shape in shapes(points, single, open_sided) if isinstance(shape, cv.Rect))
    assert (small.width, small.height < large.height, large.y) == (8, True, small.y)
    assert large.y + large.height == HEIGHT - 24


def test_times_are_days_or_hours_and_the_same_one_is_told_once() -> None:
    def times(points: list[Point], *, within_day: bool = False) -> int:
        drawn = shapes(points, within_day=within_day)
        return sum(isinstance(shape, cv.Text) and shape.y > HEIGHT - 24 for shape in drawn)

    morning_and_noon = [Point(ROW, 1.69e9, (1.0,)), Point(ROW, 1.69e9 + 3_600, (2.0,))]
    assert (times(morning_and_noon), times(morning_and_noon, within_day=True)) == (1, 2)


def test_marks_are_round_few_and_hold_every_value() -> None:
    assert choose_marks(61.5, 64.0) == [61.5, 62.0, 62.5, 63.0, 63.5, 64.0]
    assert choose_marks(0.82, 1.27) == [0.8, 0.9, 1.0, 1.1, 1.2, 1.3]
    assert choose_marks(1_200, 14_000) == [0, 5_000, 10_000, 15_000]
    assert choose_marks(37, 37) == [37, 38]
    assert choose_marks(0, 0) == [0, 0.2]
