"""The calendar of a pregnancy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes_app.domain.people import Profile, Sex
from mes_app.domain.pregnancies import (
    Advance,
    find_advance,
    find_span,
    is_offered,
    list_pregnancy_rules,
    list_steps,
)
from mes_app.domain.prevention import Choice, Evidence, Mark, PreventionItem, State
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pregnancies import Basis, Pregnancy, PregnancyStatus
from mes_app.domain.values import PartialDate
from mes_app.i18n import t

START = date(2026, 3, 10)
GOING_ON = Pregnancy(basis=Basis.LAST_PERIOD, day=PartialDate(text=START.isoformat()))
SEASON = date(2026, 10, 15)
BORN = GOING_ON.model_copy(update={"status": PregnancyStatus.BIRTH, "until": PartialDate(text="2026-12-01")})


def at(weeks: int, days: int = 0) -> date:
    return START + timedelta(weeks=weeks, days=days)


def steps(today: date, *rows: Row, pregnancy: Pregnancy = GOING_ON, **marks: Mark) -> dict[str, PreventionItem]:
    said = {name.replace("_", "-"): mark for name, mark in marks.items()}
    return {item.id: item for item in list_steps(pregnancy, Evidence(rows), said, today)}


def row(title: str, day: date, kind: Kind = Kind.PROCEDURES, **facts: str) -> Row:
    return Row(id=title, profile="p", kind=kind, title=title, date_text=day.isoformat(), **facts)  # type: ignore[arg-type]


def test_every_rule_of_the_file_is_read_and_its_stages_follow_one_another() -> None:
    rules = list_pregnancy_rules()
    assert len({rule.id for rule in rules}) == len(rules) == 17
    assert len([rule for rule in rules if rule.id.startswith("mat-exam-")]) == 7
    assert len([rule for rule in rules if rule.id.startswith("mat-echo-")]) == 3
    assert {rule.id for rule in rules if rule.postnatal} == {"mat-post-1", "mat-post-2"}
    for rule in (rule.settle(GOING_ON, START) for rule in rules):
        ages = [age for age in (rule.due, rule.late, rule.until) if age]
        assert ages == sorted(ages), rule.id
        assert rule.wanted.words, rule.id
        assert t(f"prevention.source_{rule.source}")


@pytest.mark.parametrize(
    ("today", "weeks", "days", "month", "trimester"),
    [
        (at(0), 0, 0, 1, 1),
        (at(15), 15, 0, 3, 1),
        (at(15, 2), 15, 2, 4, 2),
        (at(23, 4), 23, 4, 5, 2),
        (at(41), 41, 0, 9, 3),
        (at(42, 1), 42, 1, 9, 3),
    ],
)
def test_weeks_months_and_trimesters_follow_the_last_period(
    today: date, weeks: int, days: int, month: int, trimester: int
) -> None:
    found = find_advance(GOING_ON, today)
    assert found == Advance(weeks, days, month)
    assert found.trimester == trimester


def test_nothing_is_counted_of_what_is_over_or_unknown() -> None:
    assert find_advance(BORN, at(20)) is None
    assert find_advance(Pregnancy(), at(20)) is None
    assert find_advance(GOING_ON, START - timedelta(days=1)) is None
    assert find_span(Pregnancy()) is None
    assert find_span(BORN) == (START, date(2026, 12, 1))
    assert find_span(GOING_ON) == (START, at(41))


def test_z13_at_23_weeks_the_third_examination_is_due_and_the_third_ultrasound_is_for_later() -> None:
    told = {name: item.state for name, item in steps(at(23, 4)).items()}
    assert (told["mat-exam-1"], told["mat-exam-2"], told["mat-exam-3"]) == (State.OVER, State.OVER, State.DUE)
    assert (told["mat-echo-1"], told["mat-echo-2"]) == (State.OVER, State.DUE)
    assert (told["mat-epp"], told["vac-preg-coq"]) == (State.LATE, State.DUE)
    assert (told["mat-echo-3"], told["mat-exam-7"], told["mat-post-1"]) == (State.SOON, State.LATER, State.LATER)


def test_an_ultrasound_of_the_record_is_the_one_of_its_weeks() -> None:
    told = steps(at(23), row("Échographie obstétricale", at(12), Kind.DOCUMENTS, category="CPT_REND"))
    assert (told["mat-echo-1"].state, told["mat-echo-1"].done) == (State.DONE, "2026-06-02")
    assert told["mat-echo-1"].record is not None
    assert told["mat-echo-2"].state is State.DUE
    ordered = steps(at(23), row("Échographie obstétricale", at(12), Kind.DOCUMENTS, category="ORD_SOIN"))
    assert ordered["mat-echo-1"].state is State.OVER


def test_an_appointment_that_took_place_counts_and_one_to_come_does_not() -> None:
    kept = steps(at(16), row("Entretien prénatal", at(15), Kind.APPOINTMENTS, status="fulfilled"))
    assert kept["mat-epp"].state is State.DONE
    booked = steps(at(16), row("Entretien prénatal", at(15), Kind.APPOINTMENTS, status="booked"))
    assert booked["mat-epp"].state is State.DUE


def test_what_was_said_of_an_earlier_pregnancy_says_nothing_of_this_one() -> None:
    before = Mark(Choice.DONE, START - timedelta(days=1))
    assert steps(at(20), mat_epp=before)["mat-epp"].state is State.DUE
    assert steps(at(20), mat_epp=Mark(Choice.DONE, at(16)))["mat-epp"].state is State.DONE


def test_after_a_birth_only_what_comes_after_it_is_proposed() -> None:
    told = steps(date(2027, 1, 5), pregnancy=BORN)
    assert {item.id for item in told.values() if item.state in (State.DUE, State.LATE, State.SOON)} == {
        "mat-post-1",
        "mat-post-2",
        "dent-preg",
    }
    assert told["mat-post-1"].due == date(2026, 12, 29)
    assert told["vac-preg-vrs"].state is State.OVER


def test_what_is_done_in_season_waits_for_it() -> None:
    summer, winter = date(2026, 8, 3), date(2026, 10, 20)
    assert (steps(summer)["vac-preg-grippe"].due, steps(summer)["vac-preg-grippe"].state) == (SEASON, State.SOON)
    assert steps(winter)["vac-preg-grippe"].state is State.DUE
    vaccine = row("Vaxigrip", winter, Kind.VACCINES, status="completed")
    assert steps(winter, vaccine)["vac-preg-grippe"].state is State.DONE
    spring = Pregnancy(basis=Basis.LAST_PERIOD, day=PartialDate(text="2026-02-20"))
    early = spring.model_copy(update={"status": PregnancyStatus.BIRTH, "until": PartialDate(text="2026-10-01")})
    assert "vac-preg-grippe" in steps(summer, pregnancy=spring)
    assert "vac-preg-grippe" not in steps(summer, pregnancy=early)


def test_of_one_that_ended_otherwise_nothing_is_told() -> None:
    ended = BORN.model_copy(update={"status": PregnancyStatus.ENDED})
    assert list_steps(ended, Evidence(), {}, at(23)) == []


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 400), st.sampled_from(Basis))
def test_any_day_gives_a_calendar_in_its_order(day: date, later: int, basis: Basis) -> None:
    told = list_steps(
        Pregnancy(basis=basis, day=PartialDate(text=day.isoformat())), Evidence(), {}, day + timedelta(later)
    )
    dues = [item.rule.due for item in told]
    assert dues == sorted(dues)
    assert len(told) == 17


@pytest.mark.parametrize(
    ("sex", "birth", "offered"),
    [
        (Sex.FEMALE, "1990-05-03", True),
        (Sex.UNKNOWN, "1990-05-03", True),
        (Sex.MALE, "1990-05-03", False),
        (Sex.FEMALE, "2016-05-03", False),
        (Sex.FEMALE, "1950-05-03", False),
        (Sex.FEMALE, "1990", False),
    ],
)
def test_the_booklet_is_offered_where_it_makes_sense(sex: Sex, birth: str, offered: bool) -> None:
    assert is_offered(Profile(pid="p", sex=sex, birth=PartialDate(text=birth)), date(2026, 11, 22)) is offered
