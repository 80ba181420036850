"""Everything that anyone said in a simulation, so that nothing may vanish unnoticed.

Each edit writes a number of its own into one element of a resource, and remembers which numbers it took the place of:
what somebody replaced, having seen it, may be gone; everything else must be somewhere. A resource also bears the number
it was born with, in an extension that no app knows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.sync.simulation.histories import Body

ELEMENTS = {
    "AllergyIntolerance": ("code", "note"),
    "Observation": ("valueQuantity", "note"),
    "MedicationStatement": ("medicationCodeableConcept", "dosage"),
    "DocumentReference": ("description",),
}
"""What is edited of each type."""

TYPES = ("AllergyIntolerance", "Observation", "MedicationStatement")
"""Those without contents."""

_BIRTH = "urn:simulation:birth"
_WORD = re.compile(r"mot(\d+)")
_HALF = Decimal("0.50")


@dataclass(frozen=True, slots=True)
class Deletion:
    """A resource that somebody deleted, and what it said to them."""

    birth: int
    seen: frozenset[int]


@dataclass
class Ledger:
    """``replaced``: by each number said, those it took the place of; ``births``: the resource it was said of.

    ``reborn``: how often a birth was written anew, by one who had seen it deleted; ``revived``: what was said again, by
    one who chose it over what had taken its place; ``undone``: the deletions that were taken back.
    """

    replaced: dict[int, frozenset[int]] = field(default_factory=dict)
    births: dict[int, int] = field(default_factory=dict)
    deletions: list[Deletion] = field(default_factory=list)
    undone: list[Deletion] = field(default_factory=list)
    revived: set[int] = field(default_factory=set)
    reborn: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def make_body(self, resource_type: str, patient: str) -> Body:
        """A new resource in which every element says something new."""
        birth = self._next()
        self.replaced[birth] = frozenset()
        self.births[birth] = birth
        owner = "patient" if resource_type == "AllergyIntolerance" else "subject"
        body: Body = {
            "resourceType": resource_type,
            owner: {"reference": f"Patient/{patient}"},
            "extension": [{"url": _BIRTH, "valueInteger": birth}],
        }
        if resource_type == "Observation":
            weight = {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]}
            body |= {"status": "final", "code": weight, "effectiveDateTime": "2026-11-20"}
        if resource_type == "MedicationStatement":
            body |= {"status": "active"}
        if resource_type == "DocumentReference":
            body |= {"status": "current", "content": [{"attachment": {"contentType": "text/plain"}}]}
        for element in ELEMENTS[resource_type]:
            body = self.edit(body, element)
        return body

    def edit(self, body: Body, element: str) -> Body:
        """``body`` with something new said in ``element`` by one who saw what was there."""
        number = self._next()
        self.replaced[number] = find_numbers(body.get(element))
        self.births[number] = find_birth(body)
        return body | {element: _say(element, number)}

    def delete(self, body: Body) -> Deletion:
        """Note that somebody who saw ``body`` deleted it."""
        deletion = Deletion(find_birth(body), find_numbers(body))
        self.deletions.append(deletion)
        return deletion

    def choose(self, chosen: Body, other: Body) -> None:
        """Note that somebody who saw both versions of a resource chose one."""
        left = find_numbers(other) - find_numbers(chosen)
        self.revived |= find_numbers(chosen) - find_numbers(other)
        for number in find_numbers(chosen):
            self.replaced[number] |= left

    def account_for(self, found: Iterable[int]) -> frozenset[int]:
        """All that is there or was knowingly replaced, given what is ``found``; what was deleted counts as found."""
        reached: set[int] = set()
        waiting = [*found, *(number for deletion in self.deletions for number in deletion.seen)]
        while waiting:
            number = waiting.pop()
            if number not in reached:
                reached.add(number)
                waiting += self.replaced[number]
        return frozenset(reached)

    def _next(self) -> int:
        return len(self.replaced) + 1


def find_birth(body: Body) -> int:
    """The number a resource was born with; 0 for one that is not of the simulation."""
    found = (item["valueInteger"] for item in body.get("extension", []) if item["url"] == _BIRTH)
    return int(next(found, 0))


def find_numbers(value: Any) -> frozenset[int]:
    """All that was said anywhere inside, its birth too."""
    if isinstance(value, str):
        return frozenset(int(number) for number in _WORD.findall(value))
    if isinstance(value, Decimal):
        return frozenset({int(value)})
    if isinstance(value, dict):
        birth = {value["valueInteger"]} if value.get("url") == _BIRTH else set()
        return frozenset(birth).union(*(find_numbers(inner) for inner in value.values()))
    return frozenset().union(*map(find_numbers, value)) if isinstance(value, list) else frozenset()


def _say(element: str, number: int) -> Any:
    if element == "valueQuantity":
        return {"value": number + _HALF, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
    if element == "description":
        return f"mot{number}"
    said = {"text": f"mot{number}"}
    return [said] if element in ("note", "dosage") else said
