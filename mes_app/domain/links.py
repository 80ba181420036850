"""Which records may be linked, and which of the two says so. The elements that say it are those of ``fhir.links``."""

from dataclasses import dataclass

from mes_app.domain.record import Kind, Row
from mes_app.domain.sections import SECTIONS

_HELD: dict[Kind, tuple[Kind, ...]] = {
    Kind.TREATMENTS: (Kind.DOCUMENTS, Kind.CONDITIONS),
    Kind.CONDITIONS: (Kind.DOCUMENTS,),
    Kind.PROCEDURES: (Kind.DOCUMENTS, Kind.CONDITIONS),
    Kind.BLOOD_GROUP: (Kind.DOCUMENTS,),
    Kind.HANDICAP: (Kind.DOCUMENTS,),
    Kind.DOCUMENTS: (Kind.ALLERGIES, Kind.VACCINES),
}
"""What a record of each kind says it is linked to. FHIR has no place for it in an allergy or a vaccine: the document
says it there, which therefore has to be the person's own."""

OPENED = frozenset({*SECTIONS, Kind.DOCUMENTS, Kind.RESULTS, Kind.APPOINTMENTS}) - {Kind.PROFESSIONALS}
"""The kinds of which one record has a screen: what is linked to any other is not shown."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that another one is linked to, whichever of the two says so; ``mine``: the person may take it back."""

    row: Row
    mine: bool


@dataclass(frozen=True, slots=True)
class Relinking:
    """What becomes of the links of a record as it is written: the records that it is linked to, and those no longer."""

    made: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


AS_LINKED = Relinking()


def list_linkable(kind: Kind) -> tuple[Kind, ...]:
    """The kinds that a record of ``kind`` may be linked to, whichever says so, in the order of the screens."""
    found = {*_HELD.get(kind, ()), *(holder for holder, held in _HELD.items() if kind in held)}
    return tuple(one for one in (Kind.DOCUMENTS, *SECTIONS) if one in found)


def holds(holder: Kind, held: Kind) -> bool:
    """Whether a record of the kind ``holder`` says that it is linked to one of the kind ``held``."""
    return held in _HELD.get(holder, ())
