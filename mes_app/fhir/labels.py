"""Security labels: what must not reach this viewer, and what professionals do not see."""

from mes_app.fhir.concepts import all_codes, codes
from mes_app.fhir.elements import Json, child

_HIDDEN_FROM_PROFESSIONALS = "MASQUE_PS"
_NOT_YET_FOR_PATIENT = "INVISIBLE_PATIENT"
_NOT_FOR_PARENTS = "INVISIBLE_REPRESENTANTS_LEGAUX"


def is_withheld(resource: Json, *, holder: bool) -> bool:
    """Whether the viewer must not see it: ``holder`` when the record is the viewer's own, not a child's."""
    labels = _labels(resource)
    return _NOT_YET_FOR_PATIENT in labels or (_NOT_FOR_PARENTS in labels and not holder)


def is_hidden(resource: Json) -> bool:
    """Whether the patient hid it from professionals."""
    return _HIDDEN_FROM_PROFESSIONALS in _labels(resource)


def _labels(resource: Json) -> set[str]:
    """Every label, of the document and of the resource itself."""
    own = codes({"coding": child(resource, "meta").get("security")})
    return all_codes(resource, "securityLabel").union(own)
