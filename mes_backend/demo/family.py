"""The whole demonstration family: everything a server holds about it, and the accounts that open it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mes_backend.demo.agendas import build_appointments
from mes_backend.demo.calendars import Calendar, make_calendar
from mes_backend.demo.documents.catalogue import build_documents
from mes_backend.demo.elements import Json, reference
from mes_backend.demo.examinations import build_examinations
from mes_backend.demo.measures import build_growth, build_weekly_pressures, build_weights
from mes_backend.demo.messages import build_messages
from mes_backend.demo.people import (
    ROLES,
    Member,
    build_account_person,
    build_patient,
    build_relative,
    link_related,
    make_members,
)
from mes_backend.demo.professionals import build_professionals
from mes_backend.demo.profiles import Profile, build_profile
from mes_backend.demo.results import build_results
from mes_backend.demo.vaccinations import build_vaccines

CHILDREN = {"leo": 1.015, "jeanne": 0.995}
"""The children and their growth, relative to the median."""


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration. ``password`` and ``totp_secret`` (base32) are public: they protect nothing."""

    user: str
    password: str
    totp_secret: str
    email: str
    person_id: str


@dataclass(frozen=True)
class Family:
    """The FHIR resources of the family and of its professionals, and the accounts of the parents."""

    resources: list[Json]
    accounts: list[DemoAccount]


def _build_series(member: Member, calendar: Calendar) -> Iterator[Json]:
    if member.key == "camille":
        yield from build_weekly_pressures(member, calendar)
        yield from build_weights(member, calendar)
        yield from build_messages(member, calendar)
    if member.key in CHILDREN:
        yield from build_growth(member, calendar, CHILDREN[member.key])
        yield from build_examinations(member, calendar)


def _build_record(member: Member, calendar: Calendar) -> Iterator[Json]:
    yield from _build_series(member, calendar)
    vaccines = list(build_vaccines(member, calendar))
    yield from vaccines
    yield from build_appointments(member, calendar)
    yield from build_results(member, calendar)
    yield from build_documents(member, calendar, vaccines)


def _make_account(member: Member, person: Json, password: str, totp_secret: str) -> DemoAccount:
    return DemoAccount(f"{member.key}.martin", password, totp_secret, member.mail, person["id"])


def build_family(today: date) -> Family:
    """The family as it is on ``today``: ages hold, documents and measures are counted back from that day."""
    calendar = make_calendar(today)
    members = make_members(calendar.births)
    camille, alex = members["camille"], members["alex"]
    mothers = {child: build_relative(members[child], camille, "MTH", ROLES["guardian"]) for child in CHILDREN}
    fathers = {child: build_relative(members[child], alex, "FTH", ROLES["guardian"]) for child in CHILDREN}
    represents = {"camille": list(mothers.values()), "alex": list(fathers.values())}
    patients = [link_related(build_patient(member), represents.get(member.key, [])) for member in members.values()]
    people = [build_account_person(member, represents[member.key]) for member in (camille, alex)]
    resources = [*build_professionals(), *patients, *mothers.values(), *fathers.values(), *people]
    for member in members.values():
        mother = reference(mothers[member.key], camille.name) if member.key in mothers else None
        resources += build_profile(Profile(member, members, calendar, mother))
        resources += _build_record(member, calendar)
    accounts = [
        _make_account(camille, people[0], "Carnets-de-Camille-38", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"),
        _make_account(alex, people[1], "Carnets-d-Alex-40", "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"),
    ]
    return Family(resources, accounts)
