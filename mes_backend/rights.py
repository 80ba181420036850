"""Whose records an account reaches: its own, and those of the children it represents until they are of age.

What grants rights (Person, the RelatedPerson it links to, a birth date) is never writable with those rights.
This module decides on decoded resources only; ``fhir.visibility`` turns a Reach into SQL.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

MAJORITY = 18
READ_ONLY = frozenset({"AuditEvent", "Person"})
IDENTITY = ("identifier", "birthDate", "gender", "link")  # of a Patient: only the administration corrects these

Resource = dict[str, Any]


class Records(Protocol):
    """What is asked of a store."""

    def find(self, type_: str, ids: Collection[str]) -> list[Resource]:
        """Those of these resources that are not deleted."""

    def today(self) -> date:
        """The day that ages go by."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The patients an account reaches, as themself or for them. Empty for an unknown person."""

    person: str
    own: frozenset[str]
    represented: frozenset[str]

    @property
    def patients(self) -> frozenset[str]:
        """All of them."""
        return self.own | self.represented


def reachable_patients(records: Records, person_id: str) -> Reach:
    """The reach of ``Person/person_id`` today."""
    links = [link.get("target") for person in records.find("Person", [person_id]) for link in person.get("link", ())]
    relatives = records.find("RelatedPerson", _list_targets(links, "RelatedPerson"))
    today = records.today()
    children = [relative.get("patient") for relative in relatives if _is_in_force(relative, today)]
    patients = records.find("Patient", _list_targets(children, "Patient"))
    represented = {patient["id"] for patient in patients if is_minor(patient.get("birthDate"), today)}
    own = frozenset(_list_targets(links, "Patient"))
    return Reach(person_id, own, frozenset(represented) - own)


def is_minor(birth_date: Any, today: date) -> bool:
    """Whether someone born then is under age. A partial date counts from its first day; no date, no minor."""
    try:
        born = date.fromisoformat(f"{birth_date}-01-01"[:10])
    except ValueError:
        return False
    return (today.year - MAJORITY, today.month, today.day) < (born.year, born.month, born.day)


def _is_in_force(relative: Resource, today: date) -> bool:
    """A partial end counts from its first day."""
    end = relative.get("period", {}).get("end", "9999")
    return relative.get("active") is not False and str(end) >= today.isoformat()


def _list_targets(references: Iterable[Any], type_: str) -> list[str]:
    texts = (reference.get("reference", "") for reference in references if isinstance(reference, dict))
    return [text.removeprefix(f"{type_}/") for text in texts if text.startswith(f"{type_}/")]
