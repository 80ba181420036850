"""Health entries in FHIR: one function per section of the profile. The content of each record is in its own module.

Every function returns a complete resource. ``by`` is who says so: a professional's reference, or the person's own.
"""

from mes_backend.demo.elements import (
    ACT_CODE,
    LOINC,
    ROLE_CODE,
    SNOMED,
    Json,
    annotate,
    coded,
    coding,
    concept,
    hl7,
    make_id,
    period,
    reference,
)
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import Professional

NO_KNOWN_ALLERGY = coding(SNOMED, "716186003", "No known allergy")
SECTIONS = {"10160-0": "Traitements", "47519-4": "Hospitalisations et opérations", "11450-4": "Maladies"}


def begin(member: Member, kind: str, key: str, element: str = "subject") -> Json:
    """The start of any resource of ``member``: type, fixed id and patient reference."""
    return {
        "resourceType": kind,
        "id": make_id(member.key, kind, key),
        element: {"reference": member.reference["reference"]},
    }


def build_allergy(
    member: Member,
    key: str,
    code: Json,
    *,
    category: str,
    criticality: str,
    severity: str,
    reactions: list[str],
    since: str,
    by: Json,
    note: str = "",
) -> Json:
    """An active allergy with its worst reaction."""
    return (
        begin(member, "AllergyIntolerance", key, "patient")
        | {
            "clinicalStatus": hl7("allergyintolerance-clinical", "active"),
            "verificationStatus": hl7(
                "allergyintolerance-verification", "confirmed" if "Practitioner" in by["reference"] else "unconfirmed"
            ),
            "type": "allergy",
            "category": [category],
            "criticality": criticality,
            "code": code,
            "onsetDateTime": since,
            "asserter": by,
            "reaction": [{"manifestation": [concept(text)], "severity": severity} for text in reactions],
        }
        | annotate(note)
    )


def declare_no_allergy(member: Member, day: str, by: Json) -> Json:
    """« Je n’ai pas d’allergie », said on ``day``."""
    return begin(member, "AllergyIntolerance", "none", "patient") | {
        "clinicalStatus": hl7("allergyintolerance-clinical", "active"),
        "verificationStatus": hl7("allergyintolerance-verification", "unconfirmed"),
        "code": concept("Aucune allergie connue", NO_KNOWN_ALLERGY),
        "recordedDate": day,
        "asserter": by,
    }


def declare_nothing(member: Member, section: str, day: str) -> Json:
    """« Je n’ai pas de … », said on ``day`` of the section with this LOINC code."""
    return begin(member, "List", f"none-{section}") | {
        "status": "current",
        "mode": "snapshot",
        "title": SECTIONS[section],
        "code": concept(SECTIONS[section], coding(LOINC, section)),
        "date": day,
        "source": member.reference,
        "emptyReason": hl7("list-empty-reason", "nilknown"),
    }


def build_condition(
    member: Member, key: str, code: Json, *, since: str, by: Json, until: str = "", note: str = ""
) -> Json:
    """A disease, active as long as it has no ``until``."""
    return (
        begin(member, "Condition", key)
        | {
            "clinicalStatus": hl7("condition-clinical", "resolved" if until else "active"),
            "verificationStatus": hl7("condition-ver-status", "confirmed"),
            "category": [hl7("condition-category", "problem-list-item")],
            "code": code,
            "onsetDateTime": since,
            "asserter": by,
        }
        | ({"abatementDateTime": until} if until else {})
        | annotate(note)
    )


def build_treatment(
    member: Member,
    key: str,
    code: Json,
    *,
    dosage: str,
    since: str,
    by: Json,
    until: str = "",
    ongoing: bool = True,
    reason: Json | None = None,
    note: str = "",
) -> Json:
    """A medicine taken; ``reason`` is its Condition."""
    because = {"reasonReference": [reference(reason, reason["code"]["text"])]} if reason else {}
    return (
        begin(member, "MedicationStatement", key)
        | {
            "status": "active" if ongoing else "completed",
            "medicationCodeableConcept": code,
            "effectivePeriod": period(since, until or None),
            "dateAsserted": since,
            "informationSource": by,
            "dosage": [{"text": dosage}],
        }
        | because
        | annotate(note)
    )


def build_vaccine(
    member: Member,
    key: str,
    code: Json,
    *,
    day: str,
    diseases: tuple[str, ...],
    series: str,
    dose: int,
    lot: str = "",
    by: Json | None = None,
) -> Json:
    """An injection; without a performer it was declared by the person and is not a primary source."""
    performer = {"performer": [{"actor": by}]} if by else {}
    return (
        begin(member, "Immunization", key, "patient")
        | {
            "status": "completed",
            "vaccineCode": code,
            "occurrenceDateTime": day,
            "primarySource": by is not None,
            "protocolApplied": [
                {
                    "series": series,
                    "targetDisease": [concept(disease) for disease in diseases],
                    "doseNumberPositiveInt": dose,
                }
            ],
        }
        | ({"lotNumber": lot} if lot else {})
        | performer
    )


def build_procedure(member: Member, key: str, code: Json, *, day: str, by: Json, place: Json | None = None) -> Json:
    """An operation or other act, done."""
    return (
        begin(member, "Procedure", key)
        | {
            "status": "completed",
            "code": code,
            "performedDateTime": day,
            "performer": [{"actor": by}],
        }
        | ({"location": place} if place else {})
    )


def build_stay(member: Member, key: str, reason: str, *, start: str, end: str, professional: Professional) -> Json:
    """A hospital stay in the institution of ``professional``."""
    return begin(member, "Encounter", key) | {
        "status": "finished",
        "class": coding(ACT_CODE, "IMP", "inpatient encounter"),
        "participant": [{"individual": professional.reference}],
        "period": period(start, end),
        "reasonCode": [concept(reason)],
        "serviceProvider": professional.organization.reference,
    }


def build_family_history(
    member: Member, relation: str, words: str, conditions: dict[str, str], *, deceased: bool = False
) -> Json:
    """What a relative had: condition → age at onset in French words."""
    return begin(member, "FamilyMemberHistory", relation, "patient") | {
        "status": "completed",
        "relationship": concept(words, coding(ROLE_CODE, relation)),
        "deceasedBoolean": deceased,
        "condition": [
            {"code": concept(text)} | ({"onsetString": onset} if onset else {}) for text, onset in conditions.items()
        ],
    }


def build_habit(member: Member, key: str, topic: Json, answer: str, *, day: str, by: Json) -> Json:
    """A statement about a way of life."""
    return begin(member, "Observation", key) | {
        "status": "final",
        "category": [hl7("observation-category", "social-history")],
        "code": topic,
        "effectiveDateTime": day,
        "performer": [by],
        "valueString": answer,
    }


def build_blood_group(member: Member, group: str, day: str, by: Json) -> Json:
    """The ABO and Rhesus group."""
    return begin(member, "Observation", "blood-group") | {
        "status": "final",
        "category": [hl7("observation-category", "laboratory")],
        "code": concept("Groupe sanguin", coding(LOINC, "882-1", "ABO and Rh group [Type] in Blood")),
        "effectiveDateTime": day,
        "performer": [by],
        "valueCodeableConcept": concept(group),
    }


def build_wish(member: Member, key: str, category: Json, day: str, document: str = "") -> Json:
    """A wish of the person, kept in a document or only told."""
    source = {"sourceReference": reference(document)} if document else {}
    return (
        begin(member, "Consent", key, "patient")
        | {
            "status": "active",
            "scope": coded("http://terminology.hl7.org/CodeSystem/consentscope", "adr"),
            "category": [category],
            "dateTime": day,
            "performer": [member.reference],
            "policyRule": {"text": "Code de la santé publique"},
        }
        | source
    )


def build_exam_done(member: Member, rule: str, title: str, day: str, by: Json) -> Json:
    """A compulsory examination done: a Task named by its rule of prevention."""
    return begin(member, "Task", rule, "for") | {
        "status": "completed",
        "intent": "plan",
        "code": concept(title, coding("https://mes-carnets.example/fhir/prevention-rules", rule)),
        "description": title,
        "executionPeriod": period(day, day),
        "lastModified": day,
        "owner": by,
    }
