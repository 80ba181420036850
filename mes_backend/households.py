"""Opens accounts and ties children to those who answer for them: what only the administration of a server may do.

The rights that follow are computed in ``rights`` from the resources made here.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from mes_backend.database import reading, writing
from mes_backend.errors import CommandError
from mes_backend.fhir.store import Draft, Store
from mes_backend.fhir.texts import read_resource, write_json
from mes_backend.login.accounts import Account, add_account, find_account

ROLE = {"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "PRN", "display": "Parent"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """A person as a record opens with."""

    given: str
    family: str
    birth: date


def open_account(store: Store, account: Account, identity: Identity) -> None:
    """A new account with its own record. Its ``person_id`` is ignored. Raises CommandError when the name is taken."""
    patient = make_patient(identity)
    person = make_person(patient)
    try:
        with writing(store.engine) as con:
            add_account(con, replace(account, person_id=person["id"]))
            store.append(con, _draft(patient, person))
    except IntegrityError as error:
        raise CommandError("Ce nom d'utilisateur est déjà pris.") from error


def link_child(store: Store, user: str, child: Identity | str) -> str:
    """Let ``user`` act for a child: a new one, or the id of one who has a record. Returns the id of the child's
    Patient. Raises CommandError when the account or the child is unknown."""
    with reading(store.engine) as con:
        account = find_account(con, user)
    people = store.find("Person", [account.person_id]) if account else []
    patients = store.find("Patient", [child]) if isinstance(child, str) else [make_patient(child)]
    if not people or not patients:
        raise CommandError("Ce compte ou cet enfant est inconnu.")
    (person,), (patient,) = people, patients
    parent = _make_parent(person, patient)
    linked = person | {"link": [*person["link"], _link(parent)]}
    made = (parent, linked) if isinstance(child, str) else (patient, parent, linked)
    with writing(store.engine) as con:
        store.append(con, _draft(*made))
    return str(patient["id"])


def make_patient(identity: Identity) -> Json:
    """A record that holds nothing but who it is about."""
    return _begin("Patient") | {
        "name": [{"use": "usual", "family": identity.family, "given": [identity.given]}],
        "birthDate": identity.birth.isoformat(),
    }


def make_person(patient: Json) -> Json:
    """The Person of an account, linked to its own record."""
    return _begin("Person") | {"name": patient["name"], "link": [_link(patient)]}


def _make_parent(person: Json, patient: Json) -> Json:
    return _begin("RelatedPerson") | {
        "patient": {"reference": f"Patient/{patient['id']}"},
        "relationship": [{"coding": [ROLE]}],
        "name": person["name"],
    }


def _begin(kind: str) -> Json:
    return {"resourceType": kind, "id": str(uuid4()), "active": True}


def _link(resource: Json) -> Json:
    return {"target": {"reference": f"{resource['resourceType']}/{resource['id']}"}, "assurance": "level4"}


def _draft(*resources: Json) -> list[Draft]:
    return [Draft(r["resourceType"], r["id"], "PUT", read_resource(write_json(r).encode())) for r in resources]
