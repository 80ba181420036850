"""Security labels: what must not reach this viewer, and what professionals do not see."""

from collections.abc import Iterator

from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import Json, child
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


def is_secret(resource: Json) -> bool:
    """Whether it is kept from the parents of its patient, who alone reads it here."""
    return _NOT_FOR_PARENTS in _labels(resource)


def hide_body(body: bytes, *, hidden: bool) -> bytes:
    """The document ``body`` hidden from professionals, or shown to them; all else as it was. Raises Unreadable."""
    resource = read_body(body)
    put_hidden(resource, hidden=hidden)
    return write_body(resource)


def put_hidden(resource: Json, *, hidden: bool) -> None:
    """Hide a document from professionals, or show it to them; every other label stays, in its place."""
    labels = _list(resource.get("securityLabel"))
    kept = [left for label in labels if (left := _uncover(label))]
    label = {"coding": [{"system": _VISIBILITY, "code": _HIDDEN_FROM_PROFESSIONALS}]}
    put(resource, "securityLabel", [*kept, label] if hidden else kept)
    meta = child(resource, "meta")
    put(meta, "security", [coding for coding in _list(meta.get("security")) if not _hides(coding)])


def _uncover(label: object) -> object:
    """A label without the coding that hides; None where nothing else was in it."""
    codings = _list(label.get("coding")) if isinstance(label, dict) else []
    if not isinstance(label, dict) or not any(map(_hides, codings)):
        return label
    left = [coding for coding in codings if not _hides(coding)]
    return {**label, "coding": left} if left else None


def _hides(coding: object) -> bool:
    return isinstance(coding, dict) and coding.get("code") == _HIDDEN_FROM_PROFESSIONALS


def _labels(resource: Json) -> set[object]:
    """Every label, of the document and of the resource itself, however many there are."""
    return {*_codes(child(resource, "meta").get("security")), *_of_document(resource)}


def _of_document(resource: Json) -> Iterator[object]:
    for label in _list(resource.get("securityLabel")):
        if isinstance(label, dict):
            yield from _codes(label.get("coding"))


def _codes(codings: object) -> Iterator[object]:
    for coding in _list(codings):
        if isinstance(coding, dict) and isinstance(coding.get("code"), str):
            yield coding["code"]


def _list(value: object) -> list[object]:
    """A list as it is, without limit: what keeps a record from somebody must not be overlooked."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
