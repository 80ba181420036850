"""Where a curve of growth is drawn."""

from datetime import date

from mes_app.domain.growth import CURVES, LAST_DAY, Child, Place
from mes_app.domain.growth_curves import GrowthCurve, GrowthPoint
from mes_app.domain.growth_frames import ENDS, choose_end, choose_steps, make_frame, make_growing
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import Sex

BIRTH = date(2024, 2, 29)
CHILD = Child(BIRTH, Sex.FEMALE)


def make_curve(*days: date) -> GrowthCurve:
    points = [GrowthPoint(day, BIRTH, 9.5, Place(0.1, 50, 85)) for day in days]
    return GrowthCurve(MeasureType.WEIGHT, tuple(points))


def test_marks_are_few_round_and_hold_every_value() -> None:
    assert choose_steps([2.5, 15.1]) == (2, 2, 16)
    assert choose_steps([45.6, 92.9]) == (10, 40, 100)
    assert choose_steps([11.2, 13.9]) == (0.5, 11.0, 14.0)
    assert choose_steps([0, 500]) == (20, 0, 500)


def test_a_drawing_goes_as_far_as_the_values_do() -> None:
    assert choose_end([make_curve()]) == "2"
    assert choose_end([make_curve(date(2025, 3, 1))]) == "2"
    assert choose_end([make_curve(date(2025, 3, 1), date(2027, 3, 1))]) == "5"


def test_every_line_and_value_stands_in_its_box_until_the_end() -> None:
    for measure in CURVES:
        growing = make_growing(GrowthCurve(measure, make_curve(date(2027, 3, 1)).points), CHILD, ENDS["5"])
        frame = make_frame(growing, 300, 200, 1)
        assert growing.ages[-1] == LAST_DAY
        places = [spot for below, above in growing.bands for spot in frame.place([*below, *above])]
        assert all(frame.left <= x <= frame.right and 0 <= y <= frame.bottom for x, y in places)
        assert 2 <= len(frame.marks) <= 9
        assert frame.halves == [0, 2, 4, 6, 8, 10]


def test_what_comes_after_the_end_is_not_drawn() -> None:
    growing = make_growing(make_curve(date(2027, 3, 1)), CHILD, ENDS["2"])
    assert growing.points == []
    assert make_frame(growing, 300, 200, 1).halves == [0, 1, 2, 3, 4]
