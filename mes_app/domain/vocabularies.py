"""The choices a form offers where the record holds a code, and the code behind each.

The words of a choice are ``sections.<kind>.<field>_<choice>``. A choice without a code is kept as its words: no code is
invented where no terminology could be read.
"""

from typing import NamedTuple

from mes_app.domain.record import Kind
from mes_app.domain.values import Coded
from mes_app.i18n import find

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
ROLE_CODE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
CONTACT_ROLE = "http://terminology.hl7.org/CodeSystem/v2-0131"
ROLE_CLASS = "https://mos.esante.gouv.fr/NOS/TRE_R260-HL7RoleClass/FHIR/TRE-R260-HL7RoleClass"
CONSENT_CATEGORY = "http://terminology.hl7.org/CodeSystem/consentcategorycodes"


class Code(NamedTuple):
    """A code and the terminology it is of."""

    system: str
    code: str


Vocabulary = dict[str, Code | None]


def _relatives(*codes: str) -> Vocabulary:
    return {code: Code(ROLE_CODE, code) for code in codes}


def _uncoded(*choices: str) -> Vocabulary:
    return dict.fromkeys(choices)


VOCABULARIES: dict[tuple[Kind, str], Vocabulary] = {
    (Kind.FAMILY_HISTORY, "relation"): _relatives(
        *("MTH", "FTH", "SIS", "BRO", "DAUC", "SONC", "MGRMTH", "MGRFTH", "PGRMTH", "PGRFTH", "AUNT", "UNCLE", "COUSN")
    ),
    (Kind.CONTACTS, "roles"): {
        "C": Code(CONTACT_ROLE, "C"),
        "K": Code(ROLE_CLASS, "K"),
        "CUR": Code(ROLE_CLASS, "CUR"),
        **_relatives("MTH", "FTH", "SPS", "CHILD", "SIS", "BRO", "GRMTH", "GRFTH", "FRND", "NBOR"),
    },
    (Kind.BLOOD_GROUP, "group"): {
        "A+": Code(SNOMED, "278149003"),
        "A-": Code(SNOMED, "278152006"),
        "B+": Code(SNOMED, "278150003"),
        "B-": Code(SNOMED, "278153001"),
        "AB+": Code(SNOMED, "278151004"),
        "AB-": Code(SNOMED, "278154007"),
        "O+": Code(SNOMED, "278147001"),
        "O-": Code(SNOMED, "278148006"),
    },
    (Kind.HABITS, "topic"): {
        "tobacco": Code(LOINC, "72166-2"),
        "alcohol": Code(LOINC, "74013-4"),
        **_uncoded("activity", "food", "sleep", "screens"),
    },
    (Kind.HANDICAP, "topic"): _uncoded(
        *(
            "motor",
            "visual",
            "hearing",
            "speech",
            "mental",
            "psychic",
            "cognitive",
            "multiple",
            "illness",
            "rate",
            "aid",
        )
    ),
    (Kind.WISHES, "wish"): {
        "directives": Code(CONSENT_CATEGORY, "acd"),
        **_uncoded("organs_agree", "organs_refuse"),
    },
}


def find_choice(kind: Kind, name: str, coded: Coded) -> str:
    """The choice that ``coded`` is, by its code or by its words; its words where it is none of the choices."""
    for choice, code in VOCABULARIES[kind, name].items():
        if (code and coded.code == code.code) or coded.text == choice_words(kind, name, choice):
            return choice
    return coded.text


def make_coded(kind: Kind, name: str, choice: str) -> Coded:
    """What the record keeps of ``choice``; anything that is none of the choices is kept as words."""
    words = choice_words(kind, name, choice)
    code = VOCABULARIES[kind, name].get(choice)
    return Coded(text=words, code=code.code, system=code.system) if code else Coded(text=words)


def choice_words(kind: Kind, name: str, choice: str) -> str:
    """How a choice reads in the language of the app."""
    return find(f"sections.{kind}.{name}_{choice}") or choice
