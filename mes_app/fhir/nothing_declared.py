"""« Je n'ai pas de… » said of a whole section: a List emptied on purpose, or a resource that says « none known ».

Only an explicit statement counts: a section never filled in says nothing.
"""

from mes_app.domain.others import NothingDeclared
from mes_app.domain.record import Kind, Overview
from mes_app.errors import Reason, Rejected
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import LOINC, codes, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, put_note, write_code

_SECTION_OF_CODE = {
    "11450-4": Kind.CONDITIONS,
    "48765-2": Kind.ALLERGIES,
    "10160-0": Kind.TREATMENTS,
    "11369-6": Kind.VACCINES,
    "47519-4": Kind.PROCEDURES,
    "10157-6": Kind.FAMILY_HISTORY,
    "47420-5": Kind.HANDICAP,
    "29762-2": Kind.HABITS,
    "42348-3": Kind.WISHES,
    "8716-3": Kind.MEASURES,
    "882-1": Kind.BLOOD_GROUP,
    "RelatedPerson": Kind.CONTACTS,
    "CareTeam": Kind.PROFESSIONALS,
}
"""Of what a person may say that there is nothing: by LOINC, or by a type where it has no code for people."""

_CODE_OF_SECTION = {section: code for code, section in _SECTION_OF_CODE.items()}
_RESOURCE_TYPES = "http://hl7.org/fhir/resource-types"
_NONE_KNOWN = {
    "716186003": Kind.ALLERGIES,
    "no-known-allergies": Kind.ALLERGIES,
    "no-known-medications": Kind.TREATMENTS,
    "no-known-problems": Kind.CONDITIONS,
    "no-known-immunizations": Kind.VACCINES,
    "no-known-procedures": Kind.PROCEDURES,
}
NO_INFORMATION = frozenset(
    f"no-{section}-info" for section in ("allergy", "medication", "problem", "immunization", "procedure", "device")
)
"""IPS codes of resources that only say nothing is known: lines of no section."""

_CODES = ("code", "medicationCodeableConcept", "vaccineCode")
_WHEN = ("date", "recordedDate", "dateAsserted", "effectiveDateTime", "occurrenceDateTime", "performedDateTime")
_AUTHORS = ("source", "asserter", "recorder", "informationSource")


def find_section(resource: Json) -> Kind | None:
    """The section of which ``resource`` says that there is nothing; None when it says no such thing."""
    if resource.get("resourceType") == "List":
        return _emptied_section(resource)
    found = (_NONE_KNOWN.get(code) for code in resource_codes(resource))
    return next(filter(None, found), None)


def resource_codes(resource: Json) -> list[str]:
    """The codes that say what a resource is about."""
    return [code for name in _CODES if name in resource for code in codes(child(resource, name))]


def summarise_nothing(resource: Json, section: Kind) -> Overview:
    """Category: the section."""
    return make_overview(
        resource,
        Kind.NOTHING_DECLARED,
        title=concept_text(resource.get("code")),
        date=date_text(resource, *_WHEN),
        category=section,
        source=find_author(resource, *_AUTHORS)[1],
    )


def decode_nothing(resource: Json, refs: Refs) -> NothingDeclared:
    """The statement, dated."""
    return NothingDeclared(
        section=find_section(resource) or Kind.OTHER,
        date=read_date(resource, *_WHEN),
        **entry_facts(resource, refs, *_AUTHORS, recorded=read_date(resource, *_WHEN)),
    )


def _emptied_section(resource: Json) -> Kind | None:
    on_purpose = "nilknown" in codes(child(resource, "emptyReason")) and not resource.get("entry")
    if not on_purpose or resource.get("status", "current") != "current":
        return None
    return next((_SECTION_OF_CODE[code] for code in resource_codes(resource) if code in _SECTION_OF_CODE), None)


def _begin(entry: NothingDeclared, owner: Owner) -> Json:
    """A list emptied on purpose. Raises Rejected("section", NOT_A_CHOICE) of a section that has no code."""
    code = _CODE_OF_SECTION.get(entry.section)
    if code is None:
        raise Rejected("section", Reason.NOT_A_CHOICE)
    system = LOINC if code[0].isdigit() else _RESOURCE_TYPES
    return {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "code": {"coding": [{"system": system, "code": code}]},
        "subject": {"reference": owner.patient},
        "source": {"reference": owner.author},
        "emptyReason": write_code("list-empty-reason", "nilknown"),
    }


def _put_date(resource: Json, entry: NothingDeclared) -> None:
    put(resource, "date", entry.date and entry.date.text)


NOTHING_DECLARED_ENCODER = Encoder("List", _begin, {("date",): _put_date, ("note",): put_note})
