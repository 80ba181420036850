"""FHIR JSON kept as it was written: numbers keep their digits, unknown elements their place.

A body is split at its first level only; the server replaces ``id`` and ``meta`` and copies every other byte.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from mes_backend.fhir.dates import format_instant
from mes_backend.fhir.outcomes import FhirError

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")

_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_VALUES = msgspec.json.Decoder(float_hook=Decimal)
_WRITER = msgspec.json.Encoder(decimal_format="number")
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError, ArithmeticError)
_ALWAYS = ("resourceType", "id")
_SUBSETTED = {"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"}


@dataclass(frozen=True, slots=True)
class Written:
    """A resource as received: ``members`` are its first-level elements as text, ``resource`` the same decoded."""

    members: dict[str, msgspec.Raw]
    resource: dict[str, Any]


def read_resource(body: bytes) -> Written:
    """A JSON object that says its resourceType. FhirError 400 for anything else."""
    try:
        written = Written(_MEMBERS.decode(body), _VALUES.decode(body))
    except _UNREADABLE as error:
        raise FhirError(400, "The body is not a JSON object") from error
    if not isinstance(written.resource.get("resourceType"), str):
        raise FhirError(400, "The body has no resourceType")
    return written


def read_json(body: str | bytes) -> Any:
    """A text that the store already accepted, decoded; numbers with a point as Decimal."""
    return _VALUES.decode(body)


def write_json(value: Any) -> str:
    """JSON text; a Decimal keeps its digits."""
    return _WRITER.encode(value).decode()


def stamp(written: Written, rid: str, version: int, instant: int) -> str:
    """The text to keep: as written, under this id and with the server's version and time in ``meta``."""
    given = written.resource.get("meta")
    meta = {"versionId": str(version), "lastUpdated": format_instant(instant)}
    rest = {name: value for name, value in given.items() if name not in meta} if isinstance(given, dict) else {}
    head = {"resourceType": written.resource["resourceType"], "id": rid, "meta": meta | rest}
    return write_json(head | {name: value for name, value in written.members.items() if name not in head})


def pick_elements(body: str, elements: Collection[str]) -> str:
    """The same resource with only these first-level elements, marked as a part of the whole."""
    members = _MEMBERS.decode(body)
    meta = read_json(bytes(members["meta"]))
    tags = meta.get("tag")
    meta["tag"] = [*(tags if isinstance(tags, list) else []), _SUBSETTED]
    kept = {name: value for name, value in members.items() if name in _ALWAYS or name.removeprefix("_") in elements}
    return write_json({**kept, "meta": meta})
