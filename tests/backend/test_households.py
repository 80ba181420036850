"""Accounts opened by the administration, and the children tied to them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mes_backend.app import open_database
from mes_backend.database import reading
from mes_backend.errors import CommandError
from mes_backend.fhir.store import Store
from mes_backend.households import Identity, link_child, open_account
from mes_backend.login.accounts import Account, find_account
from mes_backend.rights import Reach, reachable_patients

CAMILLE = Identity("Camille", "Martin", date(1988, 3, 2))
ALEX = Identity("Alex", "Martin", date(1986, 7, 9))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(open_database(f"sqlite:///{tmp_path}/server.db"))
    open_account(store, Account("camille", "", "hash"), CAMILLE)
    open_account(store, Account("alex", "", "hash"), ALEX)
    yield store
    store.engine.dispose()


def reach_of(store: Store, user: str) -> Reach:
    with reading(store.engine) as con:
        account = find_account(con, user)
    assert account
    return reachable_patients(store, account.person_id)


def test_an_account_reaches_its_own_record_alone(store: Store) -> None:
    camille, alex = reach_of(store, "camille"), reach_of(store, "alex")
    assert len(camille.own) == len(alex.own) == 1
    assert camille.patients.isdisjoint(alex.patients)


def test_both_parents_reach_the_child_they_share(store: Store) -> None:
    child = link_child(store, "camille", Identity("Léo", "Martin", store.today()))
    link_child(store, "alex", child)
    assert reach_of(store, "camille").represented == reach_of(store, "alex").represented == {child}


def test_a_taken_name_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(CommandError, match="déjà pris"):
        open_account(store, Account("Camille", "", "hash"), ALEX)
    assert len(reach_of(store, "camille").own) == 1


def test_an_unknown_parent_or_child_is_refused(store: Store) -> None:
    for user, child in (("personne", ALEX), ("camille", "unknown")):
        with pytest.raises(CommandError, match="inconnu"):
            link_child(store, user, child)
