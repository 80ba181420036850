"""How a medicine is taken, in the words of the record; where it has none, its numbers and units."""

from mes_app.fhir.concepts import concept_text
from mes_app.fhir.elements import TEXT_LIMIT, Json, child, children, line, paragraph, shorten
from mes_app.fhir.quantities import quantity_text, unit_of

_DOSAGES = ("dosage", "dosageInstruction")


def dosage_text(resource: Json) -> str:
    """Every instruction, one a line; empty when there is none."""
    found = [_instruction(dosage) for name in _DOSAGES for dosage in children(resource, name)]
    return shorten("\n".join(filter(None, found)), TEXT_LIMIT)


def _instruction(dosage: Json) -> str:
    stated = paragraph(dosage.get("text")) or paragraph(dosage.get("patientInstruction"))
    return stated or line(" ".join(filter(None, [_dose(dosage), _times(dosage), concept_text(dosage.get("route"))])))


def _dose(dosage: Json) -> str:
    """A dose without a unit would mean nothing alone."""
    quantity = child(child(dosage, "doseAndRate"), "doseQuantity")
    return quantity_text(quantity) if unit_of(quantity) else ""


def _times(dosage: Json) -> str:
    timing = child(dosage, "timing")
    return concept_text(timing.get("code"))
