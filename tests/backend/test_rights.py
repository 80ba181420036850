from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from mes_backend.rights import is_minor, reachable_patients

Json = dict[str, Any]
TODAY = date(2026, 11, 20)


@dataclass
class Shelf:
    """Records in memory."""

    resources: list[Json]

    def find(self, type_: str, ids: Collection[str]) -> list[Json]:
        return [r for r in self.resources if r["resourceType"] == type_ and r["id"] in ids]

    def today(self) -> date:
        return TODAY


def person(*links: str) -> Json:
    return {"resourceType": "Person", "id": "me", "link": [{"target": {"reference": link}} for link in links]}


def patient(name: str, birth_date: str | None = "2017-05-04") -> Json:
    return {"resourceType": "Patient", "id": name, "birthDate": birth_date}


def parent(**more: Any) -> Json:
    return {"resourceType": "RelatedPerson", "id": "parent", "patient": {"reference": "Patient/leo"}, **more}


def test_l6_an_account_reaches_its_own_record_and_the_child_it_represents() -> None:
    shelf = Shelf([person("Patient/me", "RelatedPerson/parent"), parent(), patient("leo"), patient("other")])
    reach = reachable_patients(shelf, "me")
    assert reach.own == {"me"}
    assert reach.represented == {"leo"}
    assert reach.patients == {"me", "leo"}


def test_l6_an_unknown_person_reaches_nothing() -> None:
    assert reachable_patients(Shelf([]), "me").patients == frozenset()


@pytest.mark.parametrize(
    "more", [{"active": False}, {"period": {"end": "2026-11-19"}}, {"period": {"end": "2026"}}, {"patient": None}]
)
def test_l6_a_representation_that_is_over_reaches_nothing(more: Json) -> None:
    shelf = Shelf([person("RelatedPerson/parent"), parent(**more), patient("leo")])
    assert reachable_patients(shelf, "me").patients == frozenset()


def test_a_representation_lasts_until_the_end_of_its_last_day() -> None:
    shelf = Shelf([person("RelatedPerson/parent"), parent(period={"end": "2026-11-20"}), patient("leo")])
    assert reachable_patients(shelf, "me").patients == {"leo"}


@pytest.mark.parametrize("birth_date", [None, "2008-11-20", "2008", "yesterday"])
def test_l6_a_child_of_age_or_of_unknown_age_is_out_of_reach(birth_date: str | None) -> None:
    shelf = Shelf([person("RelatedPerson/parent"), parent(), patient("leo", birth_date)])
    assert reachable_patients(shelf, "me").patients == frozenset()


@pytest.mark.parametrize(
    ("birth_date", "minor"),
    [("2008-11-21", True), ("2008-11-20", False), ("2009", True), ("2008-12", True), ("2008-11", False)],
)
def test_majority_comes_with_the_eighteenth_birthday(birth_date: str, minor: bool) -> None:
    assert is_minor(birth_date, TODAY) is minor


def test_someone_born_on_29_february_is_of_age_on_1_march() -> None:
    assert is_minor("2008-02-29", date(2026, 2, 28))
    assert not is_minor("2008-02-29", date(2026, 3, 1))
