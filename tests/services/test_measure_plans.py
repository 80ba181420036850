"""What would become of the measures of files."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from mes_app.domain.people import Profile
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason
from mes_app.services.measure_plans import MeasurePlan, find_measures, make_plan
from mes_app.store.measure_moments import Moment
from tests.services.family import patient, weight
from tests.services.measure_stories import fhir, table

PROFILE = Profile(pid="p", name="Anaïs Martin", birth=PartialDate(text="1988-07-12"), holder=True)
TODAY = date(2026, 11, 22)


def plan(*files: object, known: Sequence[Moment] = ()) -> MeasurePlan:
    reports: list[tuple[int, int]] = []
    made = make_plan(
        find_measures(files),  # type: ignore[arg-type]
        PROFILE, known, TODAY, lambda *count: reports.append(count),
    )  # fmt: skip
    assert reports[-1][0] == reports[-1][1]
    return made


def test_the_same_measure_at_the_same_moment_is_there_already() -> None:
    known = [("weight", "Poids", "2026-01-10T07:00:00Z", 61.5, None, "kg", "")]
    lines = ("Date;Poids (kg)", "2026-01-10T08:00:00+01:00;61,50", "10/01/2026 08:00;61,6", "10/01/2026 08:00;61.6")
    made = plan(table(*lines, "13/01/2026;1"), known=known)
    assert ([str(each.value) for each in made.readings], made.duplicates) == (["61.6", "1"], 2)
    assert plan(fhir(weight(1, 61.5, "2026-01-10T07:00:00Z")), known=known).duplicates == 1


def test_a_number_hard_to_believe_is_in_doubt_and_one_that_cannot_be_is_a_fault() -> None:
    made = plan(table("Date;Tension (mmHg);Pas", "2026-01-10;30/20;10", "2026-01-11;20/30;1.5"))
    assert [(each.value, each.doubt) for each in made.readings if each.measure == "bp"] == [
        (Decimal(30), Reason.OUT_OF_RANGE)
    ]
    assert [fault.reason for fault in made.faults] == ["diastolic_above", "not_whole"]
    assert made.doubtful == (0,)
    steps = made.groups["steps"]
    assert (steps.ranks, steps.first, steps.last) == ([1], steps.last, ("2026-01-09T23:00:00Z", "2026-01-10"))


def test_a_file_in_the_name_of_somebody_else_is_told() -> None:
    measured = weight(1, 61.5, "2026-01-10")
    assert plan(fhir(measured, patient("m", "Anaïs", "1988-07-12", "female"))).people == ()
    assert plan(fhir(measured, patient("m", "Zoé", "2017-02-28", "female"))).people == ("Zoé Martin",)


def test_what_has_to_be_asked_is_asked_first() -> None:
    found = find_measures([table("Date;Weight", "2026-01-10;61")])
    assert found.find_unclear() == 0
    with pytest.raises(ValueError, match="asked"):
        make_plan(found, PROFILE, [], TODAY, lambda *_: None)
