"""Seeded people can be signed in to and reach what was made for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from mes_backend.app import open_database
from mes_backend.database import reading
from mes_backend.demo.family import build_family
from mes_backend.fhir.store import Store
from mes_backend.fhir.tables import resources
from mes_backend.login.accounts import Account, Passwords, find_account
from mes_backend.rights import reachable_patients
from mes_backend.seeding import seed_family, seed_load
from tests.backend.serving import QUICK_HASHER

PASSWORDS = Passwords(QUICK_HASHER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(open_database(f"sqlite:///{tmp_path}/server.db"))
    yield store
    store.engine.dispose()


def account_of(store: Store, user: str) -> Account:
    with reading(store.engine) as con:
        account = find_account(con, user)
    assert account
    return account


def test_the_family_gets_its_codes_in_both_ways_and_comes_once(store: Store) -> None:
    family = build_family(store.today())
    entries = seed_family(store, PASSWORDS, family)
    accounts = [account_of(store, entry.user) for entry in entries]
    assert [(account.user, account.channel) for account in accounts] == [
        ("camille.martin", "email"),
        ("alex.martin", "totp"),
    ]
    for account, entry in zip(accounts, entries, strict=True):
        assert PASSWORDS.match(account.password_hash, entry.password)
        assert len(reachable_patients(store, account.person_id).represented) == 2
    with pytest.raises(IntegrityError):
        seed_family(store, PASSWORDS, family)


def test_a_load_gives_each_account_a_record_of_the_asked_size(store: Store) -> None:
    entries = seed_load(store, PASSWORDS, 2, 30)
    assert len({entry.user for entry in entries}) == 2
    reached = [reachable_patients(store, account_of(store, entry.user).person_id).own for entry in entries]
    assert [len(own) for own in reached] == [1, 1]
    with reading(store.engine) as con:
        kept = con.scalar(select(func.count()).select_from(resources).where(resources.c.type != "Person"))
    assert kept == 60
