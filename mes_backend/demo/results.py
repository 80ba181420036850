"""The visits to the laboratory: the same values make the printed report and the FHIR results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from mes_backend.demo.calendars import Calendar, at, write_french
from mes_backend.demo.contents import read_content
from mes_backend.demo.documents.catalogue import PDF
from mes_backend.demo.documents.clinical import CDA, Answer, Report, make_clinical_report
from mes_backend.demo.documents.laboratories import Analyte, Result, make_report
from mes_backend.demo.documents.pages import make_pdf
from mes_backend.demo.documents.records import Filing, build_document, identify_document
from mes_backend.demo.documents.sheets import Sheet
from mes_backend.demo.elements import LOINC, Json, coding, concept, hl7, make_id, quantity, reference
from mes_backend.demo.entries import begin
from mes_backend.demo.people import HOME, Member
from mes_backend.demo.professionals import POSTCODE, TOWN, Professional, list_professionals

REPORT = "11502-2"


@dataclass(frozen=True)
class Visit:
    """One blood sample: ``values`` by analyte; ``partial`` names those printed in a first, incomplete report.

    ``clinical``: all of it came as one clinical document, in which ``answers`` (name, LOINC, words) are no numbers.
    """

    patient: str
    key: str
    when: str
    prescriber: str
    title: str
    values: dict[str, float]
    comment: str = ""
    partial: tuple[str, ...] = ()
    clinical: bool = False
    answers: tuple[tuple[str, str, str], ...] = ()


@cache
def list_analytes() -> dict[str, Analyte]:
    """What the laboratory measures, by short name."""
    return {key: Analyte(key=key, **facts) for key, facts in read_content("laboratory")["analytes"].items()}


@cache
def _list_visits() -> tuple[Visit, ...]:
    return tuple(Visit(**facts) for facts in read_content("laboratory")["visit"])


def _build_observation(member: Member, visit: Visit, result: Result, day: date, laboratory: Professional) -> Json:
    analyte = result.analyte
    bounds = {
        side: quantity(bound, analyte.unit, analyte.ucum)
        for side, bound in (("low", analyte.low), ("high", analyte.high))
        if bound is not None
    }
    observation = begin(member, "Observation", f"{visit.key}-{analyte.key}") | {
        "status": "final",
        "category": [hl7("observation-category", "laboratory")],
        "code": concept(analyte.name, coding(LOINC, analyte.loinc)),
        "effectiveDateTime": at(day, "08:05"),
        "performer": [laboratory.reference],
        "valueQuantity": quantity(result.value, analyte.unit, analyte.ucum),
        "referenceRange": [bounds | {"text": analyte.range_text}],
    }
    if analyte.is_out_of_range(result.value):
        too_low = analyte.low is not None and result.value < analyte.low
        observation["interpretation"] = [hl7("v3-ObservationInterpretation", "L" if too_low else "H")]
    return observation


def _build_diagnosis(
    member: Member, visit: Visit, observations: list[Json], day: date, laboratory: Professional
) -> Json:
    return (
        begin(member, "DiagnosticReport", visit.key)
        | {
            "status": "final",
            "category": [hl7("v2-0074", "LAB")],
            "code": concept(visit.title, coding(LOINC, REPORT)),
            "effectiveDateTime": at(day, "08:05"),
            "issued": at(day, "17:30"),
            "performer": [laboratory.organization.reference],
            "resultsInterpreter": [laboratory.reference],
            "result": [reference(observation) for observation in observations],
            "presentedForm": [
                {
                    "contentType": PDF,
                    "language": "fr-FR",
                    "url": f"Binary/{make_id(member.key, 'binary', visit.key)}",
                    "title": visit.title,
                }
            ],
        }
        | ({"conclusion": visit.comment} if visit.comment else {})
    )


def _print_report(
    member: Member, visit: Visit, calendar: Calendar, results: list[Result], *, partial: bool = False
) -> list[Json]:
    laboratory = list_professionals()["garnier"]
    day = calendar.day(visit.when)
    prescriber = list_professionals()[visit.prescriber].name
    body = make_report(
        [result for result in results if not partial or result.analyte.key in visit.partial],
        sampled=f"{write_french(day)} à 8 h 05, à jeun",
        prescriber=prescriber,
        comment="" if partial else visit.comment,
        partial=partial,
    )
    sheet = Sheet(visit.title, member, laboratory, day, body, (member.name, HOME, f"{POSTCODE} {TOWN}"))
    filing = Filing(
        f"{visit.key}-partial" if partial else visit.key,
        REPORT,
        f"{visit.title} (résultats partiels)" if partial else visit.title,
        laboratory,
        visit.when,
        replaces=f"{visit.key}-partial" if visit.partial and not partial else "",
        superseded=partial,
    )
    return build_document(member, filing, calendar, make_pdf(sheet), PDF)


def _write_clinical(member: Member, visit: Visit, calendar: Calendar, results: list[Result]) -> list[Json]:
    laboratory = list_professionals()["garnier"]
    answers = [Answer(*words) for words in visit.answers]
    report = Report(
        identify_document(member, visit.key),
        visit.title,
        member,
        laboratory,
        calendar.day(visit.when),
        results,
        answers,
        visit.comment,
    )
    filing = Filing(visit.key, REPORT, visit.title, laboratory, visit.when)
    return build_document(member, filing, calendar, make_clinical_report(report), CDA)


def build_results(member: Member, calendar: Calendar) -> Iterator[Json]:
    """Observations, DiagnosticReport and documents of each visit of ``member`` to the laboratory."""
    laboratory = list_professionals()["garnier"]
    earlier: dict[str, tuple[float, date]] = {}
    for visit in _list_visits():
        if visit.patient != member.key:
            continue
        day = calendar.day(visit.when)
        results = [Result(list_analytes()[key], value, earlier.get(key)) for key, value in visit.values.items()]
        earlier |= {key: (value, day) for key, value in visit.values.items()}
        if visit.clinical:
            yield from _write_clinical(member, visit, calendar, results)
            continue
        observations = [_build_observation(member, visit, result, day, laboratory) for result in results]
        yield from observations
        yield _build_diagnosis(member, visit, observations, day, laboratory)
        if visit.partial:
            yield from _print_report(member, visit, calendar, results, partial=True)
        yield from _print_report(member, visit, calendar, results)
