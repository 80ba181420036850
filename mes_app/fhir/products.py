"""The GTIN of a box among the codes of a medicine or vaccine: it says which box, not which medicine."""

from mes_app.domain.values import Coded
from mes_app.fhir.concepts import concept_text, read_coded
from mes_app.fhir.elements import Json, every, line
from mes_app.fhir.writing import put

GTIN = "https://www.gs1.org/gtin"
"""https://terminology.hl7.org/NamingSystem-gtin.html"""
_CIP_LENGTH = 13


def read_product(concept: Json) -> str | None:
    """The GTIN, without the zero that fourteen figures of a French box begin with."""
    found = next((line(coding.get("code")) for coding in _codings(concept, boxes=True)), "")
    return (found[1:] if found.startswith("0") and len(found) == _CIP_LENGTH + 1 else found) or None


def drop_product(concept: Json) -> Json:
    """``concept`` without the codes of boxes."""
    others = _codings(concept, boxes=False)
    rest = {name: value for name, value in concept.items() if name != "coding"}
    return rest | ({"coding": others} if others else {})


def read_named(concept: Json) -> Coded:
    """What a concept names, whatever box it came in: its words, and a code that is none of a box."""
    return read_coded(drop_product(concept)).model_copy(update={"text": concept_text(concept)})


def put_product(concept: Json, product: str | None, former: Json) -> None:
    """``product`` last among the codes, as ``former`` says it, or in place of every box that was there."""
    others = _codings(concept, boxes=False)
    if product and product == read_product(former):
        put(concept, "coding", [*others, *_codings(former, boxes=True)])
        return
    code = f"0{product}" if product and product.isdecimal() and len(product) == _CIP_LENGTH else product
    put(concept, "coding", [*others, *([{"system": GTIN, "code": code}] if code else [])])


def _codings(concept: Json, *, boxes: bool) -> list[Json]:
    return [coding for coding in every(concept, "coding") if (coding.get("system") == GTIN) is boxes]
