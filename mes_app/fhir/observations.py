"""Which kind an Observation is: by its codes first, then by its category."""

from mes_app.domain.measure_types import MEASURE_OF_CODE
from mes_app.domain.record import Kind, Overview
from mes_app.fhir.answers import summarise_answer
from mes_app.fhir.blood_group import summarise_blood_group
from mes_app.fhir.concepts import all_codes, codes
from mes_app.fhir.elements import Json, child
from mes_app.fhir.measures import summarise_measure
from mes_app.fhir.results import summarise_result

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


def summarise_observation(resource: Json) -> Overview:
    """The overview of whatever kind the Observation is."""
    match kind := observation_kind(resource):
        case Kind.MEASURES:
            return summarise_measure(resource)
        case Kind.BLOOD_GROUP:
            return summarise_blood_group(resource)
        case Kind.RESULTS:
            return summarise_result(resource)
        case _:
            return summarise_answer(resource, kind)


def observation_kind(resource: Json) -> Kind:
    """MEASURES, BLOOD_GROUP, HABITS or HANDICAP; RESULTS for everything else."""
    for code in codes(child(resource, "code")):
        if kind := _KIND_OF_CODE.get(code):
            return kind
    found = all_codes(resource, "category")
    return next((kind for code, kind in _KIND_OF_CATEGORY.items() if code in found), Kind.RESULTS)
