"""What a DocumentReference says of other documents: its unique identifier, which ones it replaces, its stay."""

import json

from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.references import references, split_reference

_REPLACING = ("replaces", "transforms-replace")
_STAYS = ("Encounter", "EpisodeOfCare")


def read_unique_id(resource: Json) -> str:
    """The identifier that is the same whatever way brought the document; empty when it has none."""
    return line(child(resource, "masterIdentifier").get("value"))


def read_replaced(resource: Json) -> str:
    """The JSON list of the documents it takes the place of: ``DocumentReference/id``, or their unique identifiers.

    Empty where there are none.
    """
    if "relatesTo" not in resource:
        return ""
    targets = [child(tie, "target") for tie in children(resource, "relatesTo") if tie.get("code") in _REPLACING]
    literal = (split_reference(target.get("reference")) for target in targets)
    logical = (line(child(target, "identifier").get("value")) for target in targets)
    names = {*("/".join(found) for found in literal if found), *filter(None, logical)}
    return json.dumps(sorted(names)) if names else ""


def read_stay(resource: Json) -> str:
    """The address of the stay or episode of care it belongs to; empty where it tells none."""
    context = child(resource, "context")
    if "encounter" not in context and "related" not in context:
        return ""
    nodes = (split_reference(node.get("reference")) for node in references(context, "encounter", "related"))
    return next(("/".join(found) for found in nodes if found and found[0] in _STAYS), "")
