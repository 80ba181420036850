"""What a search string means: each parameter is one function that gives a condition.

An unknown parameter is told and passed over, or refused when the client prefers ``handling=strict``; an unknown
modifier is always refused, because it would change what the answer means.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_

from mes_backend.fhir.dates import Interval, read_interval
from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.paging import DEFAULT_COUNT, read_count
from mes_backend.fhir.parameters import KINDS, SHARED
from mes_backend.fhir.tables import resources, terms

Column = ColumnElement[Any]
Condition = ColumnElement[bool]

_COMMA = re.compile(r"(?<!\\),")
_BAR = re.compile(r"(?<!\\)\|")
_PREFIXED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb)?(.+)")
_UNDATED = -(2**62)


class Order(NamedTuple):
    """A sort by ``columns``, the last of which is unique."""

    columns: tuple[Column, ...] = (resources.c.instant,)
    descending: bool = True


@dataclass(slots=True)
class Search:
    """A search string read for one type. ``used`` and ``ignored`` say which parts of it count."""

    type: str
    conditions: list[Condition] = field(default_factory=list)
    limits: list[Callable[[Column], Condition]] = field(default_factory=list)  # on the instant
    patients: frozenset[str] | None = None
    order: Order = field(default_factory=Order)
    count: int = DEFAULT_COUNT
    elements: tuple[str, ...] = ()
    counts_only: bool = False
    mark: str = ""
    by_id: bool = False
    used: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def read_search(type_: str, query: str, *, strict: bool) -> Search:
    """The meaning of ``query`` (URL form). FhirError 400 for a value or modifier that cannot be honoured."""
    search, known = Search(type_), list_parameters(type_)
    for name, value in parse_qsl(query):
        if name.partition(":")[0] in known and ":" in name:
            raise FhirError(400, "This server knows no search modifier")
        reader = _READERS.get(name) if name in known or name in CONTROLS else None
        if reader and reader(search, value):
            search.used.append((name, value))
        else:
            search.ignored.append(name)
    if search.ignored and strict:
        raise FhirError(400, "A search parameter is unknown to this server")
    if type_ == "Binary" or (type_ in SHARED and not search.by_id and search.patients is None):
        raise FhirError(403, "Resources of this type are looked up by id, never listed")
    return search


def list_parameters(type_: str) -> dict[str, str]:
    """The search parameters of a type and their FHIR kinds."""
    kind = KINDS[type_]
    return {
        "_id": "token",
        "_lastUpdated": "date",
        "identifier": "token",
        **({"patient": "reference"} if kind.owner else {}),
        **({"code": "token"} if kind.code else {}),
        **({"category": "token"} if kind.category else {}),
        **({"date": "date"} if kind.date else {}),
    }


def read_time(text: str) -> Interval:
    """A date parameter without prefix. FhirError 400 when it is none."""
    try:
        return read_interval(text.replace(" ", "+"))  # a plus sign that was not escaped in the URL
    except (ValueError, OverflowError) as error:
        raise FhirError(400, "A date parameter is not a FHIR date") from error


def _filter_ids(search: Search, value: str) -> bool:
    search.by_id = True
    search.conditions.append(and_(resources.c.type == search.type, resources.c.id.in_(value.split(","))))
    return True


def _filter_patients(search: Search, value: str) -> bool:
    asked = frozenset(patient.removeprefix("Patient/") for patient in value.split(","))
    search.patients = asked if search.patients is None else search.patients & asked
    return True


def _filter_instants(search: Search, value: str) -> bool:
    parts = [_compare(part) for part in value.split(",")]
    search.limits.append(lambda instant: or_(*(compare(instant, instant + 1) for compare in parts)))
    return True


def _filter_dates(search: Search, value: str) -> bool:
    low, high = resources.c.date_low, resources.c.date_high
    search.conditions.append(or_(*(_compare(part)(low, high) for part in value.split(","))))
    return True


def _filter_tokens(name: str) -> Callable[[Search, str], bool]:
    def apply(search: Search, value: str) -> bool:
        matches = or_(*(_match_token(part) for part in _COMMA.split(value)))
        of_resource = (terms.c.type == resources.c.type, terms.c.id == resources.c.id, terms.c.name == name)
        search.conditions.append(exists().where(*of_resource, matches))
        return True

    return apply


def _compare(text: str) -> Callable[[Column, Column], Condition]:
    found = _PREFIXED.fullmatch(text)
    if not found:
        raise FhirError(400, "A date parameter is not a FHIR date")
    asked = read_time(found[2])

    def equal(low: Column, high: Column) -> Condition:
        return and_(low >= asked.low, high <= asked.high)

    return {
        "eq": equal,
        "ne": lambda low, high: not_(equal(low, high)),
        "gt": lambda _low, high: high > asked.high,
        "lt": lambda low, _high: low < asked.low,
        "ge": lambda low, high: or_(high > asked.high, equal(low, high)),
        "le": lambda low, high: or_(low < asked.low, equal(low, high)),
        "sa": lambda low, _high: low >= asked.high,
        "eb": lambda _low, high: high <= asked.low,
    }[found[1] or "eq"]


def _match_token(text: str) -> Condition:
    *system, value = (re.sub(r"\\([,|$\\])", r"\1", part) for part in _BAR.split(text, maxsplit=1))
    if not system:
        return terms.c.value == value
    return and_(terms.c.system == system[0], *([terms.c.value == value] if value else []))


def _sort(search: Search, value: str) -> bool:
    columns: dict[str, tuple[Column, ...]] = {"_lastUpdated": (resources.c.instant,), "_id": (resources.c.id,)}
    if "date" in list_parameters(search.type):
        columns["date"] = (func.coalesce(resources.c.date_low, _UNDATED), resources.c.id)
    name = value.removeprefix("-")
    if name in columns:
        search.order = Order(columns[name], value.startswith("-"))
    return name in columns


def _size(search: Search, value: str) -> bool:
    search.count = read_count(value)
    search.counts_only = search.counts_only or search.count == 0
    return True


def _select_elements(search: Search, value: str) -> bool:
    search.elements = tuple(value.split(","))
    return True


def _summarise(search: Search, value: str) -> bool:
    search.counts_only = search.counts_only or value == "count"
    return value in ("count", "false")


def _turn_page(search: Search, value: str) -> bool:
    search.mark = value
    return True


def _accept_format(_search: Search, value: str) -> bool:
    return "json" in value


CONTROLS = ("_count", "_elements", "_format", "_page", "_sort", "_summary")
_READERS: dict[str, Callable[[Search, str], bool]] = {
    "_id": _filter_ids,
    "_lastUpdated": _filter_instants,
    "patient": _filter_patients,
    "date": _filter_dates,
    "code": _filter_tokens("code"),
    "category": _filter_tokens("category"),
    "identifier": _filter_tokens("identifier"),
    "_count": _size,
    "_elements": _select_elements,
    "_format": _accept_format,
    "_page": _turn_page,
    "_sort": _sort,
    "_summary": _summarise,
}
