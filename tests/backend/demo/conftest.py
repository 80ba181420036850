"""One family for all the tests of this folder: building it takes a second or two."""

from collections.abc import Callable
from typing import Any

import pytest

from mes_backend.demo.bundle import ANCHOR
from mes_backend.demo.calendars import Calendar, make_calendar
from mes_backend.demo.family import Family, build_family
from mes_backend.demo.people import Member, make_members

TODAY = ANCHOR


@pytest.fixture(scope="session")
def family() -> Family:
    return build_family(TODAY)


@pytest.fixture(scope="session")
def find(family: Family) -> Callable[..., list[dict[str, Any]]]:
    """The resources of a type, those of one member when a first name is given."""

    def of_type(kind: str, name: str = "") -> list[dict[str, Any]]:
        found = [resource for resource in family.resources if resource["resourceType"] == kind]
        patients = {
            p["id"] for p in family.resources if p["resourceType"] == "Patient" and name in p["name"][0]["text"]
        }
        owner = ("subject", "patient", "for")
        refs = {f"Patient/{patient}" for patient in patients}
        return [one for one in found if not name or any(one.get(o, {}).get("reference") in refs for o in owner)]

    return of_type


@pytest.fixture
def calendar() -> Calendar:
    return make_calendar(TODAY)


@pytest.fixture
def members(calendar: Calendar) -> dict[str, Member]:
    return make_members(calendar.births)
