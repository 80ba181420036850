"""What a version of a resource says that others do not: a person's own words, without those they were written upon."""

from collections.abc import Iterable, Iterator
from typing import Any

from mes_app.fhir.bodies import read_body
from mes_app.fhir.comparisons import SERVER_ELEMENTS, canonical
from mes_app.fhir.elements import Json


def find_own_words(mine: bytes, others: Iterable[bytes]) -> Json:
    """The resource ``mine`` with those of its values alone that none of ``others`` has, wherever; empty without any.

    A text is compared line by line: what was typed below somebody's comment stays without that comment.
    """
    said = {leaf for other in others for leaf in _list_leaves(read_body(other))}
    resource = read_body(mine)
    kept = _keep_new({name: value for name, value in resource.items() if name not in SERVER_ELEMENTS}, said)
    return {"resourceType": resource.get("resourceType")} | kept if kept else {}


def _list_leaves(value: Any) -> Iterator[object]:
    match value:
        case dict() | list():
            for item in value.values() if isinstance(value, dict) else value:
                yield from _list_leaves(item)
        case str():
            yield from value.splitlines()
        case _:
            yield canonical(value)


def _keep_new(value: Any, said: set[object]) -> Any:
    """None where nothing of ``value`` is new."""
    match value:
        case dict():
            inner = {name: _keep_new(item, said) for name, item in value.items()}
            return {name: item for name, item in inner.items() if item is not None} or None
        case list():
            return [item for item in (_keep_new(item, said) for item in value) if item is not None] or None
        case str():
            return "\n".join(line for line in value.splitlines() if line not in said) or None
        case _:
            return None if canonical(value) in said else value
