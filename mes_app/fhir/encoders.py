"""How an entry becomes FHIR: each kind says how its resource begins and which elements hold which fields.

Only what differs from the record is written: everything else stays as it was received, known to us or not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from mes_app.domain.record import Entry
from mes_app.fhir.elements import Json

Kept = TypeVar("Kept", bound=Entry)


def is_any(_resource: Json) -> bool:
    """Of a type of which every resource takes the fields of its kind."""
    return True


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose record it is and who types: both references, ``Patient/…`` or for a relative ``RelatedPerson/…``."""

    patient: str
    author: str


def tell_origin(owner: Owner) -> Json:
    """Who typed a new resource of a type of which no element of its own says so."""
    return {"meta": {"source": owner.author}}


@dataclass(frozen=True, slots=True)
class Encoder(Generic[Kept]):
    """How a kind is written as resources of ``type``.

    ``begin`` gives the elements of a new resource that no field holds, and is followed by the writers.
    ``writers``: the fields that live in the same elements → puts these fields of the entry into the resource, in place.
    ``knows``: whether a resource of the type has room for the fields.
    """

    type: str
    begin: Callable[[Kept, Owner], Json]
    writers: Mapping[tuple[str, ...], Callable[[Json, Kept], None]] = field(default_factory=dict)
    knows: Callable[[Json], bool] = is_any


def write_changes(encoder: Encoder[Any], resource: Json, said: Entry, entry: Entry) -> None:
    """Put into ``resource``, which says ``said``, the fields in which ``entry`` differs from it."""
    for names, write in encoder.writers.items():
        if any(getattr(entry, name) != getattr(said, name) for name in names):
            write(resource, entry)
