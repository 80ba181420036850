"""The documents that belong to one: the version it replaces, the one that replaces it, and the same by another way.

Of those that belong together a list shows what stands for them; the others are reached from there.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mes_app.domain.record import Row

_SUPERSEDED = "superseded"
_Link = tuple[str, str]
"""The ids of a document and of one that stands for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties a document to others.

    ``address``: the server's type and id, empty until it has one; ``digest``: the SHA-256 of its content, None where
    that was never here; ``updated``: when the server last changed it.
    """

    row: Row
    address: str = ""
    digest: bytes | None = None
    updated: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What others may call it."""
        return frozenset({self.address, self.row.unique_id} - {""})

    @property
    def replaces(self) -> frozenset[str]:
        """The names of those it takes the place of."""
        return frozenset(json.loads(self.row.replaces)) if self.row.replaces else frozenset()

    @property
    def rank(self) -> tuple[bool, bool, str, str]:
        """The higher stands for its copies: not given up for another, identified, then the newest metadata."""
        return self.row.status != _SUPERSEDED, bool(self.row.unique_id), self.updated, self.row.id


@dataclass(frozen=True, slots=True)
class Versions:
    """``previous``: what it replaces; ``newer``: what replaces it; ``same``: its copies, the newest metadata first."""

    previous: tuple[Row, ...] = ()
    newer: tuple[Row, ...] = ()
    same: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """Where a document is among those that belong together. ``name`` is theirs, empty where it is alone.

    ``behind``: another stands for it in lists.
    """

    name: str = ""
    behind: bool = False


def find_versions(document: Tie, others: Iterable[Tie]) -> Versions:
    """The ties of ``document`` to ``others``.

    Two that are told apart by their unique identifiers are never copies of each other.
    """
    found = sorted(others, key=lambda other: other.updated, reverse=True)
    return Versions(
        previous=tuple(other.row for other in found if _replaces(document, other)),
        newer=tuple(other.row for other in found if _replaces(other, document)),
        same=tuple(other.row for other in found if _is_copy(document, other)),
    )


def fold_documents(ties: Iterable[Tie]) -> dict[str, Fold]:
    """The fold of each document of one person, by record id.

    Behind are those that another replaces, and those of which a copy ranks higher. Of documents that belong together
    one at least stands, so that all of them are reached.
    """
    known = {tie.row.id: tie for tie in ties}
    links = [*_link_versions(known.values()), *_link_copies(known.values())]
    behind = {lower for lower, _ in links}
    folds = {record_id: Fold() for record_id in known}
    for group in _join(links):
        if group <= behind:  # they replace each other in a circle
            behind.remove(max(group, key=lambda record_id: known[record_id].rank))
        name = min(group)
        folds |= {record_id: Fold(name, record_id in behind) for record_id in group}
    return folds


def _link_versions(ties: Collection[Tie]) -> Iterator[_Link]:
    """Each replaced document and one that replaces it; as few links as keep together all that meet in a name."""
    named, replacing = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for tie in ties:
        for name in tie.names:
            named[name].append(tie.row.id)
        for name in tie.replaces:
            replacing[name].append(tie.row.id)
    for name in named.keys() & replacing.keys():
        targets, sources = named[name], replacing[name]
        yield from ((target, source) for target in targets for source in sources[:2] if source != target)
        yield from ((targets[0], source) for source in sources if source != targets[0])


def _link_copies(ties: Collection[Tie]) -> Iterator[_Link]:
    """Each copy and the highest of them."""
    identified, alike = defaultdict[str, list[Tie]](list), defaultdict[bytes, list[Tie]](list)
    for tie in ties:
        if tie.row.unique_id:
            identified[tie.row.unique_id].append(tie)
        if tie.digest is not None:
            alike[tie.digest].append(tie)
    for group in (*identified.values(), *alike.values()):
        highest = max(group, key=lambda tie: tie.rank)
        yield from ((tie.row.id, highest.row.id) for tie in group if tie is not highest and _is_copy(tie, highest))


def _join(links: Iterable[_Link]) -> Iterator[set[str]]:
    """What the links hold together."""
    near = defaultdict[str, set[str]](set)
    for one, other in links:
        near[one].add(other)
        near[other].add(one)
    left = dict.fromkeys(near)
    while left:
        group, waiting = set[str](), [next(iter(left))]
        while waiting:
            found = waiting.pop()
            if found in left:
                left.pop(found)
                group.add(found)
                waiting.extend(near[found])
        yield group


def _replaces(document: Tie, other: Tie) -> bool:
    return not other.names.isdisjoint(document.replaces)


def _is_copy(document: Tie, other: Tie) -> bool:
    if _replaces(document, other) or _replaces(other, document):
        return False
    if document.row.unique_id and other.row.unique_id:
        return document.row.unique_id == other.row.unique_id
    return document.digest is not None and document.digest == other.digest
