"""What a DocumentReference says of other documents: its unique identifier, and which ones it replaces."""

from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.references import split_reference

_REPLACING = ("replaces", "transforms-replace")


def read_unique_id(resource: Json) -> str:
    """The identifier that is the same whatever way brought the document; empty when it has none."""
    return line(child(resource, "masterIdentifier").get("value"))


def read_replaced(resource: Json) -> frozenset[str]:
    """The documents it takes the place of: ``DocumentReference/id``, or their unique identifiers."""
    targets = [child(tie, "target") for tie in children(resource, "relatesTo") if tie.get("code") in _REPLACING]
    literal = (split_reference(target.get("reference")) for target in targets)
    logical = (line(child(target, "identifier").get("value")) for target in targets)
    return frozenset([*("/".join(found) for found in literal if found), *filter(None, logical)])
