from datetime import date
from typing import Any

import pytest

from mes_app.domain.people import PALETTE
from mes_app.domain.personal_settings import bound_days, judge_setting, merge_setting, name_records

UNDERSTOOD: list[tuple[str, Any]] = [
    ("avatar", {"symbol": "star"}),
    ("colour", PALETTE[3]),
    ("position", 2),
    ("units", {"glucose": "mmol/L"}),
    ("weeks_at_birth", 34),
    ("prevention", {"exam-18": ["done", "2026-11-22"], "mat-epp": ["not_for_me", "2026-11-22"]}),
    ("prevention_denied", [["vac-dtcap-25", "a"]]),
    ("pregnancies_hidden", ["a"]),
    ("pregnancy_booklet", False),
]
STRANGE: list[tuple[str, Any]] = [
    ("avatar", {"symbol": "skull"}),
    ("avatar", {"photo": "Anaïs/photo.jpg"}),
    ("colour", "#000000"),
    ("units", {"weight": "stone", "mood": "1"}),
    ("weeks_at_birth", 50),
    ("prevention", {"exam-99": ["done", "2026-11-22"], "exam-18": ["late", "2026-11-22"]}),
    ("prevention_denied", [["exam-99", "a"]]),
]


@pytest.mark.parametrize(("name", "value"), UNDERSTOOD)
def test_what_the_app_knows_is_understood_as_it_is(name: str, value: Any) -> None:
    assert judge_setting(name, value) == value


@pytest.mark.parametrize(("name", "value"), STRANGE)
def test_what_it_does_not_know_is_nothing(name: str, value: Any) -> None:
    assert judge_setting(name, value) is None


def test_what_it_knows_is_kept_of_what_it_does_not() -> None:
    assert judge_setting("units", {"weight": "kg", "mood": "1"}) == {"weight": "kg"}


def test_records_are_named_anew_and_those_without_a_name_go() -> None:
    names = {"a": "1", "b": "2"}.get
    assert name_records("prevention_denied", [["rule", "a"], ["rule", "c"]], names) == [["rule", "1"]]
    assert name_records("pregnancies_hidden", ["b", "c"], names) == ["2"]
    assert name_records("pregnancies_hidden", ["c"], names) is None
    assert name_records("units", {"weight": "kg"}, names) == {"weight": "kg"}


def test_nothing_was_said_on_a_day_to_come() -> None:
    said = {"exam-18": ["done", "9999-12-31"], "exam-17": ["done", "2026-11-20"]}
    bound = bound_days("prevention", said, date(2026, 11, 22))
    assert bound == {"exam-18": ["done", "2026-11-22"], "exam-17": ["done", "2026-11-20"]}


def test_of_what_both_have_set_that_of_the_other_stays() -> None:
    assert merge_setting("prevention", {"a": 1, "b": 2}, {"b": 3, "c": 4}) == {"a": 1, "b": 3, "c": 4}
    assert merge_setting("pregnancies_hidden", ["a", "b"], ["b", "c"]) == ["b", "c", "a"]
    assert merge_setting("avatar", {"photo": 1}, {"symbol": 2}) == {"symbol": 2}
    assert merge_setting("avatar", {"photo": 1}, None) == {"photo": 1}
    assert merge_setting("weeks_at_birth", 34, 36) == 36
    assert merge_setting("weeks_at_birth", None, 36) == 36
