"""Observation (LOINC 82810-3, the IPS pregnancy status) ⇄ declared pregnancies.

The expected day of birth is the Observation inside it, by the code of how it was found (IPS, docs/adr/0019). « Not
pregnant » alone is no pregnancy that has ended: the words of ours say that it was one.
"""

from datetime import date

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.pregnancies import Basis, Pregnancy, PregnancyStatus
from mes_app.domain.values import Coded, PartialDate
from mes_app.domain.vocabularies import make_coded
from mes_app.fhir.answers import AUTHORS
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import LOINC, code_of, codes, concept_text
from mes_app.fhir.dates import date_text, instant_text, read_date
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import short_name
from mes_app.fhir.references import Refs, find_contained
from mes_app.fhir.writing import ABSENT, put, put_date, put_note, write_code, write_concept

STATUS_CODE = "82810-3"
_PREGNANT, _NOT_PREGNANT = "LA15173-0", "LA26683-5"
_TERM_CODES = {Basis.EXPECTED: "11778-8", Basis.LAST_PERIOD: "11779-6", Basis.BEGINNING: "11780-4"}
_TERM = "term"
_WHEN = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")


def is_pregnancy(resource: Json) -> bool:
    """Whether an Observation of the status tells of a pregnancy, one that goes on or one that ended."""
    return STATUS_CODE in codes(child(resource, "code")) and _find_status(resource) is not None


def summarise_pregnancy(resource: Json) -> Overview:
    """Title: where it stands, which is its category too. Subtitle: who says so. Date: when it began, or ended."""
    node, source = find_author(resource, *AUTHORS)
    return make_overview(
        resource,
        Kind.PREGNANCIES,
        title=concept_text(child(resource, "valueCodeableConcept")),
        subtitle=short_name(node, resource),
        date=date_text(resource, *_WHEN),
        category=_find_status(resource) or PregnancyStatus.CURRENT,
        code=STATUS_CODE,
        status=line(resource.get("status")),
        source=source,
    )


def decode_pregnancy(resource: Json, refs: Refs) -> Pregnancy:
    """One pregnancy, with the day that its expected birth was counted from where that can be told."""
    status = _find_status(resource) or PregnancyStatus.CURRENT
    basis, day = _read_basis(resource)
    return Pregnancy(
        status=status,
        basis=basis,
        day=day,
        until=None if status is PregnancyStatus.CURRENT else read_date(resource, *_WHEN),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


def _find_status(resource: Json) -> PregnancyStatus | None:
    value = child(resource, "valueCodeableConcept")
    if _PREGNANT in codes(value):
        return PregnancyStatus.CURRENT
    return next((status for status in PregnancyStatus if _say(status).text == concept_text(value)), None)


def _say(status: PregnancyStatus) -> Coded:
    """The words of ours, which alone tell an end by a birth from another."""
    code = _PREGNANT if status is PregnancyStatus.CURRENT else _NOT_PREGNANT
    return Coded(text=make_coded(Kind.PREGNANCIES, "status", status).text, code=code, system=LOINC)


def _read_basis(resource: Json) -> tuple[Basis, PartialDate | None]:
    """How the expected day was found is believed where our own count comes to the same day: not all count alike."""
    term = next(filter(None, (find_contained(node, resource) for node in children(resource, "hasMember"))), {})
    expected, counted = read_date(term, "valueDateTime"), read_date(term, "effectiveDateTime")
    found = next((basis for basis, code in _TERM_CODES.items() if code == code_of(child(term, "code"))), None)
    if found and expected and counted and Pregnancy(basis=found, day=counted).expected == expected.day:
        return found, counted
    return Basis.EXPECTED, expected


def _begin(entry: Pregnancy, owner: Owner) -> Json:
    begun: Json = {
        "resourceType": "Observation",
        "status": "final",
        "category": [write_code("observation-category", "social-history")],
        "code": {"coding": [{"system": LOINC, "code": STATUS_CODE}]},
        "subject": {"reference": owner.patient},
        "performer": [{"reference": owner.author}],
    }
    put(begun, "issued", instant_text(entry.recorded))
    _put_state(begun, entry)
    return begun


def _put_state(resource: Json, entry: Pregnancy) -> None:
    """The state and since when it holds: since the beginning, or since the end."""
    put(resource, "valueCodeableConcept", write_concept(_say(entry.status), child(resource, "valueCodeableConcept")))
    since = PartialDate(text=entry.beginning.isoformat()) if entry.current and entry.beginning else entry.until
    put_date(resource, "effective", since)
    if since is None:
        resource["_effectiveDateTime"] = ABSENT


def _put_term(resource: Json, entry: Pregnancy) -> None:
    others = [one for one in children(resource, "contained") if one.get("id") != _TERM]
    members = children(resource, "hasMember")
    pointer = next((one for one in members if one.get("reference") == f"#{_TERM}"), {"reference": f"#{_TERM}"})
    term = [_write_term(entry, entry.day, entry.expected, resource)] if entry.day and entry.expected else []
    put(resource, "contained", [*term, *others])
    put(resource, "hasMember", [*([pointer] if term else []), *(one for one in members if one is not pointer)])


def _write_term(entry: Pregnancy, day: PartialDate, expected: date, resource: Json) -> Json:
    """The expected day; its own date is the day that it was counted from."""
    return {
        "resourceType": "Observation",
        "id": _TERM,
        "status": "final",
        "code": {"coding": [{"system": LOINC, "code": _TERM_CODES[entry.basis]}]},
        "subject": child(resource, "subject"),
        "effectiveDateTime": day.text,
        "valueDateTime": expected.isoformat(),
    }


PREGNANCY_ENCODER = Encoder(
    "Observation",
    _begin,
    {("status", "until", "basis", "day"): _put_state, ("basis", "day"): _put_term, ("note",): put_note},
)
