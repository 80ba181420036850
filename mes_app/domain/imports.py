"""What an import would do, shown before anything is done: one item for each thing found in the files chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mes_app.domain.documents import Category
from mes_app.domain.folding import fold
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.errors import MesError


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a file speaks of, as far as it says."""

    name: str = ""
    born: PartialDate | None = None

    def differs(self, other: "Named") -> bool:
        """Whether they are certainly not the same: another birthday, or names of which neither holds the other."""
        mine, theirs = _list_words(self.name), _list_words(other.name)
        born, also = ((named.born.text if named.born else "")[:10] for named in (self, other))
        if not (born.startswith(also) or also.startswith(born)):
            return True
        return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)


def _list_words(name: str) -> set[str]:
    return set(fold(name.replace("-", " ")).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedDocument:
    """What an archive says of one of its documents. ``path`` is in the archive, ``sha1`` hexadecimal, ``size`` bytes.

    ``withheld`` from the person for now; ``hidden`` from professionals.
    """

    path: str
    title: str = ""
    type_code: str = ""
    class_code: str = ""
    created: PartialDate | None = None
    author: str = ""
    organization: str = ""
    unique_id: str = ""
    sha1: str = ""
    size: int | None = None
    patient: Named = Named()
    hidden: bool = False
    withheld: bool = False


class ItemState(StrEnum):
    """What would become of an item."""

    NEW = "new"
    DUPLICATE = "duplicate"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing found. ``number`` tells it from the others; ``name`` is that of its file, empty for a record.

    ``kind`` is None for what only the other vault knew of the person: the ``setting`` of that name, which ``replaces``
    what was set here otherwise.
    ``person``: whom it names, where that is somebody else than whose dossier it would join. ``fault``: why it cannot be
    added. ``twin``: the record that it is already, empty where it is another item.
    ``changes``: what would no longer be as it was, keys of words.
    """

    number: int
    kind: Kind | None
    name: str = ""
    setting: str = ""
    replaces: bool = False
    title: str = ""
    category: Category | None = None
    date: PartialDate | None = None
    author: str = ""
    person: str = ""
    state: ItemState = ItemState.NEW
    twin: str = ""
    fault: MesError | None = None
    changes: frozenset[str] = frozenset()


def choose_items(items: Iterable[Item]) -> frozenset[int]:
    """What is chosen at first: all that is new, of this person, and in place of nothing."""
    new = (item for item in items if item.state is ItemState.NEW)
    return frozenset(item.number for item in new if not item.person and not item.replaces)
