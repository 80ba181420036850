"""Which elements of each resource type say whose it is and answer a search: the only place that knows their names.

``x[y]`` stands for any of the choices of x. A type that is not listed here is not kept by this server.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mes_backend.fhir.dates import Interval, read_moment

SHARED = frozenset({"Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device"})

_REFERENCE = re.compile(r"(?P<type>[A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})(/_history/[A-Za-z0-9\-.]{1,64})?")


class Kind(NamedTuple):
    """Paths inside one resource type: the patient it belongs to, and what its search parameters read."""

    owner: str = "subject"
    code: str = ""
    category: str = ""
    date: str = ""


class Term(NamedTuple):
    """One token that a search can match."""

    name: str
    system: str
    value: str


class Facts(NamedTuple):
    """What the store keeps beside a body."""

    patients: frozenset[str]
    hidden_from: str
    date: Interval | None
    terms: frozenset[Term]


_MEDICATION = "medicationCodeableConcept"
KINDS = {
    "AdverseEvent": Kind(category="category", date="date"),
    "AllergyIntolerance": Kind("patient", "code", "category", "recordedDate"),
    "Appointment": Kind("participant.actor", date="start"),
    "AuditEvent": Kind("entity.what", date="recorded"),
    "Basic": Kind(code="code"),
    "Binary": Kind("securityContext"),
    "BodyStructure": Kind("patient"),
    "CarePlan": Kind(category="category", date="period"),
    "CareTeam": Kind(category="category", date="period"),
    "Claim": Kind("patient"),
    "ClinicalImpression": Kind(date="date"),
    "Communication": Kind(category="category"),
    "Composition": Kind(category="category", date="date"),
    "Condition": Kind(code="code", category="category"),
    "Consent": Kind("patient", category="category", date="dateTime"),
    "Coverage": Kind("beneficiary"),
    "DetectedIssue": Kind("patient", code="code"),
    "Device": Kind("patient"),
    "DeviceRequest": Kind(code="code[x]"),
    "DeviceUseStatement": Kind(),
    "DiagnosticReport": Kind(code="code", category="category", date="effective[x]"),
    "DocumentManifest": Kind(),
    "DocumentReference": Kind(category="category", date="date"),
    "Encounter": Kind(date="period"),
    "EpisodeOfCare": Kind("patient", date="period"),
    "ExplanationOfBenefit": Kind("patient"),
    "FamilyMemberHistory": Kind("patient", code="condition.code", date="date"),
    "Flag": Kind(date="period"),
    "Goal": Kind(category="category"),
    "ImagingStudy": Kind(),
    "Immunization": Kind("patient", date="occurrence[x]"),
    "ImmunizationEvaluation": Kind("patient", date="date"),
    "ImmunizationRecommendation": Kind("patient", date="date"),
    "List": Kind(code="code", date="date"),
    "Location": Kind(""),
    "Media": Kind(),
    "Medication": Kind("", code="code"),
    "MedicationAdministration": Kind(code=_MEDICATION),
    "MedicationDispense": Kind(code=_MEDICATION),
    "MedicationRequest": Kind(code=_MEDICATION, category="category"),
    "MedicationStatement": Kind(code=_MEDICATION, category="category"),
    "NutritionOrder": Kind("patient"),
    "Observation": Kind(code="code", category="category", date="effective[x]"),
    "Organization": Kind(""),
    "Patient": Kind(""),  # each is its own
    "Person": Kind(""),
    "Practitioner": Kind(""),
    "PractitionerRole": Kind("", date="period"),
    "Procedure": Kind(code="code", category="category", date="performed[x]"),
    "Provenance": Kind("target"),
    "QuestionnaireResponse": Kind(),
    "RelatedPerson": Kind("patient"),
    "RiskAssessment": Kind(date="occurrence[x]"),
    "ServiceRequest": Kind(code="code", category="category"),
    "Specimen": Kind(),
    "SupplyDelivery": Kind("patient"),
    "Task": Kind("for", code="code"),
    "VisionPrescription": Kind("patient"),
}


def collect_facts(resource: dict[str, Any], rid: str) -> Facts:
    """What to keep beside the resource of id ``rid``. An odd value is passed over: it is kept, and found less."""
    kind = KINDS[resource["resourceType"]]
    dates = [moment for value in walk(resource, kind.date) if (moment := read_moment(value))]
    return Facts(
        frozenset({rid}) if resource["resourceType"] == "Patient" else _find_patients(resource, kind),
        _find_audience(resource),
        Interval(min(dates).low, max(date.high for date in dates)) if dates else None,
        frozenset(_find_terms(resource, kind)),
    )


def walk(value: Any, path: str) -> Iterator[Any]:
    """Every value at ``path`` in decoded JSON, lists opened; nothing for an empty path."""
    if isinstance(value, list):
        for item in value:
            yield from walk(item, path)
    elif not path:
        return
    elif isinstance(value, dict):
        step, _, rest = path.partition(".")
        stem = step.removesuffix("[x]")
        for name in [n for n in value if n == step or (stem != step and n.startswith(stem))]:
            yield from walk(value[name], rest) if rest else _open(value[name])


def read_reference(text: Any, wanted: str) -> str | None:
    """The id that a relative reference (``Type/id``) names, when it is of the ``wanted`` type."""
    found = _REFERENCE.fullmatch(text) if isinstance(text, str) else None
    return found["id"] if found and found["type"] == wanted else None


def _open(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _find_patients(resource: dict[str, Any], kind: Kind) -> frozenset[str]:
    named = (read_reference(text, "Patient") for text in walk(resource, f"{kind.owner}.reference"))
    return frozenset(patient for patient in named if patient)


def _find_audience(resource: dict[str, Any]) -> str:
    labels = [*walk(resource, "securityLabel.coding.code"), *walk(resource, "meta.security.code")]
    if "INVISIBLE_PATIENT" in labels:
        return "patient"
    return "representatives" if "INVISIBLE_REPRESENTANTS_LEGAUX" in labels else ""


def _find_terms(resource: dict[str, Any], kind: Kind) -> Iterator[Term]:
    paths = {"code": kind.code, "category": kind.category, "identifier": "identifier"}
    for name, path in paths.items():
        yield from (Term(name, *token) for value in walk(resource, path) for token in _read_tokens(value))
    if resource["resourceType"] == "DocumentReference":
        yield from (Term("identifier", *token) for token in _read_tokens(resource.get("masterIdentifier")))
        urls = (read_reference(url, "Binary") for url in walk(resource, "content.attachment.url"))
        yield from (Term("binary", "", url) for url in urls if url)
    if resource["resourceType"] == "Person":
        links = (read_reference(text, "RelatedPerson") for text in walk(resource, "link.target.reference"))
        yield from (Term("link", "", link) for link in links if link)


def _read_tokens(value: Any) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield "", value
        case {"coding": list(codings)}:
            for coding in codings:
                yield from _read_tokens(coding)
        case {"code": str(found), **rest} | {"value": str(found), **rest}:
            system = rest.get("system")
            yield system if isinstance(system, str) else "", found
