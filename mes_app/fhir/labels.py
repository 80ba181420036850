"""Security labels: what must not reach this viewer, and what professionals do not see."""

from mes_app.fhir.concepts import all_codes, codes
from mes_app.fhir.elements import Json, child, children
from mes_app.fhir.writing import put

_VISIBILITY = "https://mos.esante.gouv.fr/NOS/TRE_A07-StatutVisibiliteDocument/FHIR/TRE-A07-StatutVisibiliteDocument"
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


def put_hidden(resource: Json, *, hidden: bool) -> None:
    """Hide a document from professionals, or show it to them; its other labels stay."""
    others = [label for label in children(resource, "securityLabel") if _HIDDEN_FROM_PROFESSIONALS not in codes(label)]
    label = {"coding": [{"system": _VISIBILITY, "code": _HIDDEN_FROM_PROFESSIONALS}]}
    put(resource, "securityLabel", [*others, label] if hidden else others)
    meta = child(resource, "meta")
    own = [coding for coding in children(meta, "security") if coding.get("code") != _HIDDEN_FROM_PROFESSIONALS]
    put(meta, "security", own)


def _labels(resource: Json) -> set[str]:
    """Every label, of the document and of the resource itself."""
    own = codes({"coding": child(resource, "meta").get("security")})
    return all_codes(resource, "securityLabel").union(own)
