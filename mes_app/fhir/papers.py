"""Which administrative piece a document is, and until when it is valid.

Both are in the record, not on the device: whoever is with the child has the same wallet. The validity is the end of
``context.period``, whose start is the date of the piece: a period in which what the document tells holds. Of any other
document that end is the end of a stay, and is not read here. The kind has no code of its own in the French lists, which
know only « pièce administrative »: it is a code of ours beside theirs, in ``context.event``, which others leave alone.
"""

from mes_app.domain.documents import Category, Document
from mes_app.domain.papers import PaperKind
from mes_app.domain.values import PartialDate
from mes_app.fhir.concepts import codes
from mes_app.fhir.dates import read_date
from mes_app.fhir.elements import Json, child, children
from mes_app.fhir.writing import put

SYSTEM = "urn:mes-carnets:administrative-piece"
_KINDS = frozenset(PaperKind)


def read_paper(resource: Json, category: Category) -> tuple[PaperKind | None, PartialDate | None]:
    """The kind of an administrative piece and until when it is valid, as far as it is said."""
    if category is not Category.ADMINISTRATIVE:
        return None, None
    context = child(resource, "context")
    said = {code for event in children(context, "event") for code in codes(event)}
    kind = next((kind for kind in PaperKind if kind in said), None)
    return kind, read_date(child(context, "period"), "end")


def put_paper(resource: Json, entry: Document) -> None:
    """What ``read_paper`` reads; what else happened in its context stays."""
    context = child(resource, "context")
    others = [event for event in children(context, "event") if _KINDS.isdisjoint(codes(event))]
    own = [{"coding": [{"system": SYSTEM, "code": entry.paper.value}]}] if entry.paper else []
    put(context, "event", [*others, *own])
    period = child(context, "period")
    put(period, "end", entry.expires and entry.expires.text)
    put(context, "period", period)
    put(resource, "context", context)
