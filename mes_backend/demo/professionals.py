"""The professionals and institutions of the demonstration: what documents print, and their FHIR resources."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from mes_backend.demo.contents import read_content
from mes_backend.demo.elements import Json, coding, concept, make_id, nos, reference
from mes_backend.demo.identifiers import FINESS, IDNPS, IDNST, RPPS, identify, make_finess, make_rpps

TOWN = "Valmont-sur-Orle"
POSTCODE = "35999"

_PROFESSIONS = {
    "10": "Médecin",
    "21": "Pharmacien",
    "40": "Chirurgien-dentiste",
    "50": "Sage-femme",
    "60": "Infirmier",
    "70": "Masseur-kinésithérapeute",
}


@dataclass(frozen=True)
class Organization:
    """An institution: ``kind`` names the letterhead of its documents."""

    key: str
    name: str
    kind: str
    street: str
    phone: str
    finess: str

    @property
    def reference(self) -> Json:
        """A FHIR Reference with its name."""
        return reference(f"Organization/{make_id('organization', self.key)}", self.name)

    @property
    def place(self) -> Json:
        """A FHIR Reference to its Location."""
        return reference(f"Location/{make_id('location', self.key)}", self.name)


@dataclass(frozen=True)
class Professional:
    """A professional and where he or she works."""

    key: str
    given: str
    family: str
    gender: str
    title: str
    profession: str
    speciality: str
    rpps: str
    organization: Organization

    @property
    def name(self) -> str:
        """The name as people say it: ``Dr Hélène Aubry``."""
        return f"{self.title} {self.given} {self.family}"

    @property
    def reference(self) -> Json:
        """A FHIR Reference with the name."""
        return reference(f"Practitioner/{make_id('practitioner', self.key)}", self.name)

    @property
    def mail(self) -> str:
        """A secure mail address under a domain that cannot exist."""
        plain = unicodedata.normalize("NFD", f"{self.given}.{self.family}".lower().replace(" ", ""))
        return f"{plain.encode('ascii', 'ignore').decode()}@sante.example"


@cache
def list_organizations() -> dict[str, Organization]:
    """Every institution by its short name."""
    return {
        key: Organization(key=key, finess=make_finess(order), **facts)
        for order, (key, facts) in enumerate(read_content("professionals")["organizations"].items(), 1)
    }


@cache
def list_professionals() -> dict[str, Professional]:
    """Every professional by his or her short name."""
    return {
        key: Professional(
            key=key, rpps=make_rpps(order), **facts | {"organization": list_organizations()[facts["organization"]]}
        )
        for order, (key, facts) in enumerate(read_content("professionals")["professionals"].items(), 1)
    }


def _address(organization: Organization) -> Json:
    return {
        "use": "work",
        "line": [organization.street],
        "city": TOWN,
        "postalCode": POSTCODE,
        "country": "FR",
    }


def _build_institution(organization: Organization) -> list[Json]:
    phone = {"system": "phone", "value": organization.phone, "use": "work"}
    address = _address(organization)
    body = {
        "resourceType": "Organization",
        "id": make_id("organization", organization.key),
        "identifier": [
            identify(IDNST, "IDNST", f"1{organization.finess}"),
            identify(FINESS, "FINEG", organization.finess, "usual"),
        ],
        "active": True,
        "name": organization.name,
        "telecom": [phone],
        "address": [address],
    }
    place = {
        "resourceType": "Location",
        "id": make_id("location", organization.key),
        "status": "active",
        "name": organization.name,
        "telecom": [phone],
        "address": address,
        "managingOrganization": organization.reference,
    }
    return [body, place]


def _build_professional(professional: Professional) -> list[Json]:
    words = _PROFESSIONS[professional.profession]
    profession = concept(words, coding(nos("TRE_G15-ProfessionSante"), professional.profession, words))
    person = {
        "resourceType": "Practitioner",
        "id": make_id("practitioner", professional.key),
        "identifier": [
            identify(IDNPS, "IDNPS", f"8{professional.rpps}"),
            identify(RPPS, "RPPS", professional.rpps, "usual"),
        ],
        "active": True,
        "name": [
            {
                "use": "usual",
                "text": professional.name,
                "family": professional.family,
                "given": [professional.given],
                "prefix": [professional.title],
            }
        ],
        "telecom": [
            {"system": "phone", "value": professional.organization.phone, "use": "work"},
            {"system": "email", "value": professional.mail, "use": "work"},
        ],
        "address": [_address(professional.organization)],
        "gender": professional.gender,
        "qualification": [{"code": profession}, {"code": concept(professional.speciality)}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": make_id("role", professional.key),
        "active": True,
        "practitioner": professional.reference,
        "organization": professional.organization.reference,
        "code": [profession],
        "specialty": [concept(professional.speciality)],
        "location": [professional.organization.place],
    }
    return [person, role]


def build_professionals() -> list[Json]:
    """Organization and Location of each institution, Practitioner and PractitionerRole of each professional."""
    resources: list[Json] = []
    for organization in list_organizations().values():
        resources += _build_institution(organization)
    for professional in list_professionals().values():
        resources += _build_professional(professional)
    return resources


def build_care_team(patient: Json, keys: list[str], key: str) -> Json:
    """The CareTeam of the professionals who follow ``patient`` (a Reference), besides the médecin traitant."""
    team = [list_professionals()[member] for member in keys]
    return {
        "resourceType": "CareTeam",
        "id": make_id(key, "care-team"),
        "status": "active",
        "name": "Professionnels qui me suivent",
        "subject": patient,
        "participant": [
            {
                "role": [concept(member.speciality)],
                "member": member.reference,
                "onBehalfOf": member.organization.reference,
            }
            for member in team
        ],
    }
