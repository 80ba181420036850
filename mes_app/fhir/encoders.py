"""How an entry becomes FHIR: each kind says how its resource begins and which elements hold which fields.

Only what differs from the record is written: everything else stays as it was received, known to us or not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from mes_app.domain.record import Entry
from mes_app.fhir.elements import LIST_LIMIT, Json

Kept = TypeVar("Kept", bound=Entry)
_WHOLE = frozenset({"coding", "security", "securityLabel"})
"""Lists that are read and written without limit."""


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


def write_new(encoder: Encoder[Any], entry: Entry, owner: Owner) -> Json:
    """A new resource that says ``entry``; fields that are empty are left out of it."""
    resource = encoder.begin(entry, owner)
    for write in encoder.writers.values():
        write(resource, entry)
    return resource


def write_changes(encoder: Encoder[Any], resource: Json, said: Entry, entry: Entry) -> None:
    """Put into ``resource``, which says ``said``, the fields in which ``entry`` differs from it.

    What of a long list nobody was shown stays at its end.
    """
    unread = _set_aside(resource)
    for names, write in encoder.writers.items():
        if any(getattr(entry, name) != getattr(said, name) for name in names):
            write(resource, entry)
    for rest in unread:
        _put_back(rest)


class _Unread(NamedTuple):
    """The end of a list of objects, ``items``, that stood in ``node`` under ``name``."""

    node: Json
    name: str
    items: list[Any]
    rest: list[Any]


def _set_aside(resource: Json) -> list[_Unread]:
    """Take out of its lists of objects, at any depth, what is beyond those that are read."""
    unread, waiting = list[_Unread](), [resource]
    while waiting:
        node = waiting.pop()
        for name, value in node.items():
            items = value if type(value) is list else [value]
            if len(items) > LIST_LIMIT and type(items[-1]) is dict and name not in _WHOLE:
                unread.append(_Unread(node, name, items, items[LIST_LIMIT:]))
                del items[LIST_LIMIT:]
            waiting.extend(item for item in items if type(item) is dict)
    return unread


def _put_back(unread: _Unread) -> None:
    """After what was written in place of the others; also into a copy of its node that has the same list."""
    now = unread.node.get(unread.name)
    if now is unread.items:
        unread.items.extend(unread.rest)
    else:
        unread.node[unread.name] = [*(now if type(now) is list else filter(None, [now])), *unread.rest]
