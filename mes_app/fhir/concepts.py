"""CodeableConcept and Coding: the words to show, and the codes to decide by."""

from mes_app.domain.values import Coded
from mes_app.fhir.elements import Json, child, children, line

LOINC = "http://loinc.org"


def concept_text(concept: object) -> str:
    """The words of a concept: its own text, else a name of one of its codes, else a bare code."""
    if type(concept) is list:
        return next(filter(None, map(concept_text, concept)), "")
    if type(concept) is not dict:
        return line(concept)
    if text := line(concept.get("text")):
        return text
    codings = children(concept, "coding")
    names = (line(coding.get("display")) for coding in codings)
    return next(filter(None, names), "") or next(filter(None, codes(concept)), "")


def codes(concept: Json) -> list[str]:
    """Every code of a concept, whatever its system."""
    found = [coding.get("code") for coding in children(concept, "coding")]
    return [code for code in found if type(code) is str]


def all_codes(node: Json, name: str) -> set[str]:
    """Every code of every concept listed under ``name``."""
    return {code for concept in children(node, name) for code in codes(concept)}


def code_of(concept: Json) -> str:
    """The first code; empty when there is none."""
    return line(child(concept, "coding").get("code"))


def read_coded(concept: object) -> Coded:
    """The concept as a value; its text is empty when the resource gives none."""
    coding = child(concept, "coding") if type(concept) is dict else {}
    code, system = line(coding.get("code")), line(coding.get("system"))
    return Coded(text=concept_text(concept), code=code or None, system=system or None)


def read_coded_list(node: Json, name: str) -> tuple[Coded, ...]:
    """Every concept listed under ``name`` that says something."""
    return tuple(coded for coded in map(read_coded, children(node, name)) if coded.text)
