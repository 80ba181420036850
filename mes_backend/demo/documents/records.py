"""The FHIR side of a document: DocumentReference and Binary, as the French profiles of the XDS world shape them."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

from mes_backend.demo.calendars import Calendar, at
from mes_backend.demo.contents import read_content
from mes_backend.demo.documents.sheets import Author
from mes_backend.demo.elements import LOINC, Json, coding, concept, make_id, nos, reference
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import Organization, Professional, list_organizations

CLASSES = {
    "10": "Compte rendu",
    "11": "Synthèse",
    "31": "Imagerie",
    "42": "Prescription",
    "43": "Dispensation",
    "44": "Plan ou protocole de soins",
    "52": "Certificat, déclaration",
    "90": "Autre document du patient",
    "95": "Document de gestion",
}
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
FORMATS = "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode"
URI = "urn:ietf:rfc:3986"
LABELS = {
    "MASQUE_PS": "Masqué aux professionnels de santé",
    "INVISIBLE_PATIENT": "Non visible par le patient",
    "INVISIBLE_REPRESENTANTS_LEGAUX": "Non visible par les représentants légaux du patient",
}


@dataclass(frozen=True)
class Filing:
    """How a document is filed. ``when`` is a moment of the calendar; ``labels`` are visibility codes.

    ``replaces`` is the key of the version it replaces; ``superseded`` marks that version. ``copies`` is the key of the
    very same document, which came before by another way.
    """

    key: str
    type: str
    title: str
    author: Author
    when: str
    labels: tuple[str, ...] = ()
    replaces: str = ""
    superseded: bool = False
    copies: str = ""


def _classify(code: str) -> dict[str, Json | list[Json]]:
    letter, kind, display = read_content("types")[code]
    system = LOINC if letter == "L" else nos("TRE_A05-TypeDocComplementaire")
    return {
        "type": concept(display, coding(system, code, display)),
        "category": [concept(CLASSES[kind], coding(nos("TRE_A03-ClasseDocument"), kind, CLASSES[kind]))],
    }


def _label(labels: tuple[str, ...]) -> list[Json]:
    system = nos("TRE_A07-StatutVisibiliteDocument")
    normal = {"coding": [coding(CONFIDENTIALITY, "N", "normal")]}
    return [normal, *({"coding": [coding(system, label, LABELS[label])]} for label in labels)]


def _find_custodian(author: Author) -> Json:
    match author:
        case Professional(organization=organization):
            return organization.reference
        case Organization() as organization:
            return organization.reference
    return list_organizations()["tilleuls"].reference


def choose_clock(key: str) -> str:
    """An hour of the working day, always the same for the same document."""
    minutes = 8 * 60 + hashlib.sha256(key.encode()).digest()[0] * 2
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _attach(binary: Json, data: bytes, filing: Filing, day: date) -> Json:
    pdf = binary["contentType"] == "application/pdf"
    code = "urn:ihe:iti:xds-sd:pdf:2008" if pdf else "urn:ihe:iti:xds:2017:mimeTypeSufficient"
    attachment = {
        "contentType": binary["contentType"],
        "language": "fr-FR",
        "url": f"Binary/{binary['id']}",
        "size": len(data),
        "hash": base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode(),
        "title": filing.title,
        "creation": day.isoformat(),
    }
    return {"attachment": attachment, "format": coding(FORMATS, code)}


def _relate(member: Member, filing: Filing) -> Json:
    if not filing.replaces:
        return {}
    replaced = reference(f"DocumentReference/{make_id(member.key, 'document', filing.replaces)}")
    return {"relatesTo": [{"code": "replaces", "target": replaced}]}


def identify_document(member: Member, key: str) -> str:
    """The UUID by which a document is known wherever it goes."""
    return make_id("master", make_id(member.key, "document", key))


def build_document(member: Member, filing: Filing, calendar: Calendar, data: bytes, content_type: str) -> list[Json]:
    """The DocumentReference of a document and the Binary that holds its bytes."""
    place = make_id(member.key, "document", filing.key)
    unique = identify_document(member, filing.copies or filing.key)
    day = calendar.day(filing.when)
    binary = {
        "resourceType": "Binary",
        "id": make_id(member.key, "binary", filing.key),
        "contentType": content_type,
        "securityContext": reference(f"DocumentReference/{place}"),
        "data": base64.b64encode(data).decode(),
    }
    document = {
        "resourceType": "DocumentReference",
        "id": place,
        "masterIdentifier": {"system": URI, "value": f"urn:uuid:{unique}"},
        "identifier": [{"system": URI, "value": f"urn:uuid:{make_id('logical', place)}"}],
        "status": "superseded" if filing.superseded else "current",
        **_classify(filing.type),
        "subject": member.reference,
        "date": at(day, choose_clock(filing.key)),
        "author": [filing.author.reference],
        "custodian": _find_custodian(filing.author),
        **_relate(member, filing),
        "description": filing.title,
        "securityLabel": _label(filing.labels),
        "content": [_attach(binary, data, filing, day)],
        "context": {"period": {"start": day.isoformat()}, "sourcePatientInfo": member.reference},
    }
    return [document, binary]
