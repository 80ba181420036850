"""The documents that belong to one: the version it replaces, the one that replaces it, and the same by another way."""

from collections.abc import Iterable
from dataclasses import dataclass

from mes_app.domain.record import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties a document to others.

    ``address``: the server's type and id, empty until it has one; ``unique_id``: the same whatever way brought it;
    ``replaces``: the addresses and unique ids it takes the place of; ``updated``: when the server last changed it.
    """

    row: Row
    address: str = ""
    unique_id: str = ""
    replaces: frozenset[str] = frozenset()
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """``previous``: what it replaces; ``newer``: what replaces it; ``same``: its copies, the newest metadata first."""

    previous: tuple[Row, ...] = ()
    newer: tuple[Row, ...] = ()
    same: tuple[Row, ...] = ()


def find_versions(document: Tie, others: Iterable[Tie], same_bytes: frozenset[str]) -> Versions:
    """The ties of ``document`` to ``others``; ``same_bytes``: the records whose content is its own, byte for byte.

    Two that are told apart by their unique identifiers are never copies of each other.
    """
    found = sorted(others, key=lambda other: other.updated, reverse=True)
    return Versions(
        previous=tuple(other.row for other in found if _replaces(document, other)),
        newer=tuple(other.row for other in found if _replaces(other, document)),
        same=tuple(other.row for other in found if _is_copy(document, other, same_bytes)),
    )


def _replaces(document: Tie, other: Tie) -> bool:
    return bool({other.address, other.unique_id} - {""} & document.replaces)


def _is_copy(document: Tie, other: Tie, same_bytes: frozenset[str]) -> bool:
    if _replaces(document, other) or _replaces(other, document):
        return False
    if document.unique_id and other.unique_id:
        return document.unique_id == other.unique_id
    return other.row.id in same_bytes
