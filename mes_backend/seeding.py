"""Fills a database with people who do not exist: the demonstration family, or numbers for load tests."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mes_backend.database import writing
from mes_backend.demo.family import Family
from mes_backend.demo.load import dump_load
from mes_backend.fhir.store import Store, seed_resources
from mes_backend.households import make_person
from mes_backend.login.accounts import Account, Passwords, add_account

PAGE = 2000


@dataclass(frozen=True)
class Entry:
    """How to sign in to a seeded account."""

    user: str
    password: str


def seed_family(store: Store, passwords: Passwords, family: Family) -> list[Entry]:
    """The demonstration family: the first parent gets codes by mail, the second from an authenticator.

    Raises sqlalchemy.exc.IntegrityError when it is already there.
    """
    with writing(store.engine) as con:
        for rank, demo in enumerate(family.accounts):
            secret = demo.totp_secret if rank else None
            add_account(con, Account(demo.user, demo.person_id, passwords.hash(demo.password), demo.email, secret))
    _seed_pages(store, family.resources)
    return [Entry(demo.user, demo.password) for demo in family.accounts]


def seed_load(store: Store, passwords: Passwords, patients: int, resources: int) -> list[Entry]:
    """``patients`` new accounts that share one password, each with ``resources`` resources in its own record."""
    password = secrets.token_urlsafe(12)
    stored = passwords.hash(password)
    entries = []
    for patient in _seed_pages(store, dump_load(patients, resources)):
        person, entry = make_person(patient), Entry(f"essai.{patient['id'][:13]}", password)
        seed_resources(store, [person])
        with writing(store.engine) as con:
            add_account(con, Account(entry.user, person["id"], stored, f"{entry.user}@famille.example"))
        entries.append(entry)
    return entries


def _seed_pages(store: Store, resources: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Load ``resources`` page by page; returns the Patients among them."""
    remaining, patients = iter(resources), []
    while page := list(islice(remaining, PAGE)):
        seed_resources(store, page)
        patients += [resource for resource in page if resource["resourceType"] == "Patient"]
    return patients
