"""The people of the family: record holders, those around them, and the accounts that reach them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mes_backend.demo.elements import FR_CORE, ROLE_CODE, Json, coding, concept, make_id, nos, reference
from mes_backend.demo.identifiers import BIRTH_PLACE, INS_TEST, identify, make_nir
from mes_backend.demo.professionals import POSTCODE, TOWN, list_professionals

HOME = "8 chemin des Vergers"

ROLES = {
    "emergency": concept(
        "Personne à prévenir en cas d’urgence", coding("http://terminology.hl7.org/CodeSystem/v2-0131", "C")
    ),
    "trusted": concept("Personne de confiance", coding(nos("TRE_R260-HL7RoleClass"), "K")),
    "guardian": concept("Représentant légal", coding(nos("TRE_R260-HL7RoleClass"), "CUR")),
}
"""What a person around is to the holder, besides the family relation."""

RELATIONS = {
    "MTH": "Mère",
    "FTH": "Père",
    "SPS": "Conjoint",
    "GRMTH": "Grand-mère",
}


@dataclass(frozen=True)
class Member:
    """One member of the family, as identity papers and documents say it."""

    key: str
    given: str
    family: str
    birth_name: str
    gender: Literal["female", "male"]
    birth: date
    phone: str = ""
    mail: str = ""
    doctor: str = "aubry"

    @property
    def name(self) -> str:
        """``Camille Martin``."""
        return f"{self.given} {self.family}"

    @property
    def nir(self) -> str:
        """The 15 digits of the test identity."""
        order = {"camille": 901, "alex": 902, "leo": 903, "jeanne": 904}[self.key]
        return make_nir(2 if self.gender == "female" else 1, self.birth, order)

    @property
    def reference(self) -> Json:
        """A FHIR Reference to the Patient, with the name."""
        return reference(f"Patient/{make_id('patient', self.key)}", self.name)


def make_members(births: dict[str, date]) -> dict[str, Member]:
    """The four members of the family by first name, for these dates of birth."""
    camille = Member(
        "camille",
        "Camille",
        "Martin",
        "Dubreuil",
        "female",
        births["camille"],
        "06 39 98 10 24",
        "camille.martin@famille.example",
    )
    alex = Member(
        "alex", "Alex", "Martin", "Martin", "male", births["alex"], "06 39 98 10 25", "alex.martin@famille.example"
    )
    leo = Member("leo", "Léo", "Martin", "Martin", "male", births["leo"], doctor="ferrand")
    jeanne = Member("jeanne", "Jeanne", "Martin", "Martin", "female", births["jeanne"], doctor="ferrand")
    return {member.key: member for member in (camille, alex, leo, jeanne)}


def _telecom(phone: str, mail: str) -> list[Json]:
    points = [("phone", phone, "mobile"), ("email", mail, "home")]
    return [{"system": system, "value": value, "use": use} for system, value, use in points if value]


def _address() -> Json:
    return {"use": "home", "line": [HOME], "city": TOWN, "postalCode": POSTCODE, "country": "FR"}


def _describe_birth_place() -> Json:
    insee = {"url": f"{FR_CORE}/fr-core-address-insee-code", "valueCoding": {"code": BIRTH_PLACE}}
    return {
        "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
        "valueAddress": {"extension": [insee], "city": TOWN},
    }


def _describe_reliability() -> Json:
    codes = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-identity-reliability"
    status = {"url": "identityStatus", "valueCoding": coding(codes, "VALI", "Identité validée")}
    return {"url": f"{FR_CORE}/fr-core-identity-reliability", "extension": [status]}


def build_patient(member: Member) -> Json:
    """The Patient with test identity (INS), names, birth place, address and médecin traitant first."""
    birth_given = {"url": f"{FR_CORE}/fr-core-patient-birth-list-given-name", "valueString": member.given}
    patient = {
        "resourceType": "Patient",
        "id": make_id("patient", member.key),
        "extension": [_describe_reliability(), _describe_birth_place()],
        "identifier": [identify(INS_TEST, "INS-NIR-TEST", member.nir)],
        "active": True,
        "name": [
            {"use": "usual", "text": member.name, "family": member.family, "given": [member.given]},
            {"use": "official", "extension": [birth_given], "family": member.birth_name, "given": [member.given]},
        ],
        "telecom": _telecom(member.phone, member.mail),
        "gender": member.gender,
        "birthDate": member.birth.isoformat(),
        "address": [_address()],
        "communication": [{"language": {"coding": [coding("urn:ietf:bcp:47", "fr")], "text": "français"}}],
        "generalPractitioner": [list_professionals()[member.doctor].reference],
    }
    return {element: value for element, value in patient.items() if value != []}


def build_relative(holder: Member, member: Member, relation: str, *roles: Json) -> Json:
    """The RelatedPerson by which ``member`` appears in the record of ``holder``."""
    return build_contact(holder, member.name, relation, *roles, phone=member.phone, mail=member.mail) | {
        "id": make_id("related", holder.key, member.key),
        "gender": member.gender,
        "birthDate": member.birth.isoformat(),
    }


def build_contact(holder: Member, name: str, relation: str, *roles: Json, phone: str = "", mail: str = "") -> Json:
    """A person around ``holder`` who has no record here; ``roles`` are concepts of ROLES."""
    given, family = name.split(" ", 1)
    person = {
        "resourceType": "RelatedPerson",
        "id": make_id("related", holder.key, name),
        "active": True,
        "patient": holder.reference,
        "relationship": [
            *roles,
            concept(RELATIONS[relation], coding(ROLE_CODE, relation)),
        ],
        "name": [{"use": "usual", "text": name, "family": family, "given": [given]}],
        "telecom": _telecom(phone, mail),
        "address": [_address()],
    }
    return {element: value for element, value in person.items() if value != []}


def link_related(patient: Json, related: list[Json]) -> Json:
    """The Patient with a ``seealso`` link to each RelatedPerson of the same human being."""
    links = [{"other": reference(person), "type": "seealso"} for person in related]
    return patient | ({"link": links} if links else {})


def build_account_person(member: Member, represents: list[Json]) -> Json:
    """The Person of an account: linked to the own Patient and to the RelatedPerson of each child represented."""
    return {
        "resourceType": "Person",
        "id": make_id("person", member.key),
        "name": [{"use": "usual", "text": member.name, "family": member.family, "given": [member.given]}],
        "telecom": _telecom(member.phone, member.mail),
        "gender": member.gender,
        "birthDate": member.birth.isoformat(),
        "active": True,
        "link": [
            {"target": target, "assurance": "level4"}
            for target in (member.reference, *(reference(person) for person in represents))
        ],
    }
