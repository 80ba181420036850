"""The small FHIR elements every demonstration resource is made of. No content of the family belongs here."""

import uuid
from typing import Any

Json = dict[str, Any]

NAMESPACE = uuid.UUID("5d0c1f0e-6a57-4d0b-9c5e-2f6f5c9b7a10")

ATC = "http://www.whocc.no/atc"
ICD10 = "http://hl7.org/fhir/sid/icd-10"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
NOS = "https://mos.esante.gouv.fr/NOS"
FR_IDENTIFIER_TYPE = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203"
FR_CORE = "https://hl7.fr/ig/fhir/core/StructureDefinition"


def make_id(*names: str | int) -> str:
    """A fixed id for what these names say: a UUID, so that no address ever shows a name."""
    return str(uuid.uuid5(NAMESPACE, "/".join(map(str, names))))


def nos(table: str) -> str:
    """The address of a table of the French health nomenclatures, such as ``TRE_A03-ClasseDocument``."""
    return f"{NOS}/{table}/FHIR/{table.replace('_', '-')}"


def coding(system: str, code: str, display: str = "") -> Json:
    """A Coding; no display when there is none."""
    return {"system": system, "code": code} | ({"display": display} if display else {})


def concept(text: str, *codings: Json) -> Json:
    """A CodeableConcept: the words people read, and the codes behind them."""
    return ({"coding": list(codings)} if codings else {}) | {"text": text}


def coded(system: str, code: str, display: str = "") -> Json:
    """A CodeableConcept that is only a code."""
    return {"coding": [coding(system, code, display)]}


def hl7(table: str, code: str) -> Json:
    """A CodeableConcept of one of HL7's own tables (terminology.hl7.org)."""
    return coded(f"http://terminology.hl7.org/CodeSystem/{table}", code)


def reference(target: Json | str, display: str = "") -> Json:
    """A Reference to a resource, or to ``Type/id``."""
    address = target if isinstance(target, str) else f"{target['resourceType']}/{target['id']}"
    return {"reference": address} | ({"display": display} if display else {})


def quantity(value: float, unit: str, ucum: str = "") -> Json:
    """A Quantity with a UCUM unit; ``unit`` is what people read."""
    return {"value": value, "unit": unit, "system": UCUM, "code": ucum or unit}


def period(start: str, end: str | None = None) -> Json:
    """A Period, open when it has no end."""
    return {"start": start} | ({"end": end} if end else {})


def annotate(text: str) -> Json:
    """The ``note`` element with one note, or nothing."""
    return {"note": [{"text": text}]} if text else {}
