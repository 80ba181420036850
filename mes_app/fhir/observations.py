"""Which kind an Observation is: by its codes first, then by its category, which for what has no code is words."""

from collections.abc import Callable

from mes_app.domain.measure_types import MEASURE_OF_CODE
from mes_app.domain.record import Kind, Overview
from mes_app.fhir.answers import summarise_answer
from mes_app.fhir.blood_group import summarise_blood_group
from mes_app.fhir.concepts import all_codes, codes, concept_text
from mes_app.fhir.elements import Json, child
from mes_app.fhir.measures import summarise_measure
from mes_app.fhir.pages import CATEGORY as OF_PAGES
from mes_app.fhir.pages import summarise_page
from mes_app.fhir.pregnancies import is_pregnancy, summarise_pregnancy
from mes_app.fhir.results import summarise_result
from mes_app.fhir.teeth import CATEGORY as OF_TEETH
from mes_app.fhir.teeth import summarise_tooth

_KIND_OF_CODE: dict[str, Kind] = dict.fromkeys(MEASURE_OF_CODE, Kind.MEASURES) | {
    "882-1": Kind.BLOOD_GROUP,
    "72166-2": Kind.HABITS,
    "74013-4": Kind.HABITS,
    "47420-5": Kind.HANDICAP,
}
_KIND_OF_CATEGORY = {
    "vital-signs": Kind.MEASURES,
    "social-history": Kind.HABITS,
    "activity": Kind.HABITS,
    "functional-status": Kind.HANDICAP,
    "disability-status": Kind.HANDICAP,
}

_KIND_OF_WORDS = {OF_PAGES: Kind.PAGES, OF_TEETH: Kind.TEETH}
_SUMMARIES: dict[Kind, Callable[[Json], Overview]] = {
    Kind.MEASURES: summarise_measure,
    Kind.BLOOD_GROUP: summarise_blood_group,
    Kind.RESULTS: summarise_result,
    Kind.PREGNANCIES: summarise_pregnancy,
    Kind.PAGES: summarise_page,
    Kind.TEETH: summarise_tooth,
}


def summarise_observation(resource: Json) -> Overview:
    """The overview of whatever kind the Observation is."""
    kind = observation_kind(resource)
    return _SUMMARIES[kind](resource) if kind in _SUMMARIES else summarise_answer(resource, kind)


def observation_kind(resource: Json) -> Kind:
    """MEASURES, BLOOD_GROUP, PREGNANCIES, HABITS, HANDICAP, PAGES or TEETH; RESULTS for everything else."""
    for code in codes(child(resource, "code")):
        if kind := _KIND_OF_CODE.get(code):
            return kind
    if is_pregnancy(resource):
        return Kind.PREGNANCIES
    found = all_codes(resource, "category")
    if not found:
        return _KIND_OF_WORDS.get(concept_text(resource.get("category")), Kind.RESULTS)
    return next((kind for code, kind in _KIND_OF_CATEGORY.items() if code in found), Kind.RESULTS)
