"""The report of a laboratory as a clinical document (HL7 CDA R2): a narrative, and the same results as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from mes_backend.demo.calendars import at
from mes_backend.demo.documents.laboratories import Result, write_number
from mes_backend.demo.people import Member
from mes_backend.demo.professionals import Professional

CDA = "text/xml"
_HL7 = "urn:hl7-org:v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOINC = "2.16.840.1.113883.6.1"
_RESULT = "1.3.6.1.4.1.19376.1.3.1.6"
"""The template of a laboratory observation (IHE PaLM)."""
_INTERPRETATIONS = "2.16.840.1.113883.5.83"
register_namespace("", _HL7)
register_namespace("xsi", _XSI)


@dataclass(frozen=True)
class Answer:
    """A result in words: « négatif », a titre, a bound."""

    name: str
    loinc: str
    words: str


@dataclass(frozen=True)
class Report:
    """One report: ``unique`` is the UUID of the document, ``title`` what it is called."""

    unique: str
    title: str
    patient: Member
    laboratory: Professional
    day: date
    results: list[Result]
    answers: list[Answer]
    comment: str = ""


def make_clinical_report(report: Report) -> bytes:
    """The report as XML in UTF-8, the same for the same report."""
    root = Element(_hl7("ClinicalDocument"))
    _add(root, "typeId", root="2.16.840.1.113883.1.3", extension="POCD_HD000040")
    _add(root, "id", root=report.unique)
    _add(root, "code", code="11502-2", codeSystem=_LOINC, displayName="CR d'examens biologiques")
    _add(root, "title", report.title)
    _add(root, "effectiveTime", value=_moment(report.day, "17:30"))
    _add(root, "confidentialityCode", code="N", codeSystem="2.16.840.1.113883.5.25")
    _add(root, "languageCode", code="fr-FR")
    _name_patient(root, report.patient)
    _name_author(root, report)
    event = _add(_add(root, "documentationOf"), "serviceEvent")
    _add(_add(event, "effectiveTime"), "low", value=_moment(report.day, "08:05"))
    body = _add(_add(root, "component"), "structuredBody")
    for panel, results in groupby(report.results, key=lambda result: result.analyte.panel):
        _write_panel(body, panel, list(results), report.day)
    if report.answers:
        _write_answers(body, report)
    if report.comment:
        _write_comment(body, report.comment)
    indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode").encode()


def _hl7(name: str) -> str:
    return f"{{{_HL7}}}{name}"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    node = SubElement(parent, _hl7(name), attributes)
    if text:
        node.text = text
    return node


def _moment(day: date, clock: str) -> str:
    return datetime.fromisoformat(at(day, clock)).strftime("%Y%m%d%H%M%S%z")


def _name_patient(root: Element, member: Member) -> None:
    role = _add(_add(root, "recordTarget"), "patientRole")
    _add(role, "id", root="1.2.250.1.213.1.4.10", extension=member.nir)
    patient = _add(role, "patient")
    name = _add(patient, "name")
    _add(name, "given", member.given)
    _add(name, "family", member.family, qualifier="SP")
    _add(patient, "birthTime", value=f"{member.birth:%Y%m%d}")


def _name_author(root: Element, report: Report) -> None:
    place = report.laboratory.organization
    author = _add(root, "author")
    _add(author, "time", value=_moment(report.day, "17:30"))
    assigned = _add(author, "assignedAuthor")
    _add(assigned, "id", root="1.2.250.1.71.4.2.1", extension=f"8{report.laboratory.rpps}")
    name = _add(_add(assigned, "assignedPerson"), "name")
    _add(name, "prefix", report.laboratory.title)
    _add(name, "given", report.laboratory.given)
    _add(name, "family", report.laboratory.family)
    _add(_add(assigned, "representedOrganization"), "name", place.name)
    keeper = _add(_add(_add(root, "custodian"), "assignedCustodian"), "representedCustodianOrganization")
    _add(keeper, "id", root="1.2.250.1.71.4.2.2", extension=f"1{place.finess}")
    _add(keeper, "name", place.name)


def _begin_section(body: Element, title: str) -> tuple[Element, Element]:
    section = _add(_add(body, "component"), "section")
    _add(section, "title", title)
    return section, _add(section, "text")


def _write_table(text: Element, rows: Sequence[tuple[str, ...]], head: tuple[str, ...]) -> None:
    table = _add(text, "table")
    top = _add(_add(table, "thead"), "tr")
    for cell in head:
        _add(top, "th", cell)
    lines = _add(table, "tbody")
    for row in rows:
        line = _add(lines, "tr")
        for cell in row:
            _add(line, "td", cell)


def _begin_battery(section: Element, title: str, day: date) -> Element:
    organizer = _add(_add(section, "entry"), "organizer", classCode="BATTERY", moodCode="EVN")
    _add(_add(organizer, "code", nullFlavor="OTH"), "originalText", title)
    _add(organizer, "statusCode", code="completed")
    _add(organizer, "effectiveTime", value=_moment(day, "08:05"))
    return organizer


def _begin_result(organizer: Element, name: str, loinc: str) -> Element:
    observation = _add(_add(organizer, "component"), "observation", classCode="OBS", moodCode="EVN")
    _add(observation, "templateId", root=_RESULT)
    _add(observation, "code", code=loinc, codeSystem=_LOINC, displayName=name)
    _add(observation, "statusCode", code="completed")
    return observation


def _write_panel(body: Element, panel: str, results: list[Result], day: date) -> None:
    section, text = _begin_section(body, panel.capitalize())
    rows = [
        (one.analyte.name, f"{write_number(one.value)} {one.analyte.unit}", one.analyte.range_text) for one in results
    ]
    _write_table(text, rows, ("Examen", "Résultat", "Référence"))
    organizer = _begin_battery(section, panel.capitalize(), day)
    for one in results:
        analyte = one.analyte
        observation = _begin_result(organizer, analyte.name, analyte.loinc)
        value = _add(observation, "value", value=f"{one.value:g}", unit=analyte.ucum)
        value.set(f"{{{_XSI}}}type", "PQ")
        if analyte.is_out_of_range(one.value):
            too_low = analyte.low is not None and one.value < analyte.low
            _add(observation, "interpretationCode", code="L" if too_low else "H", codeSystem=_INTERPRETATIONS)
        bounds = _add(_add(_add(observation, "referenceRange"), "observationRange"), "value")
        bounds.set(f"{{{_XSI}}}type", "IVL_PQ")
        for side, bound in (("low", analyte.low), ("high", analyte.high)):
            if bound is not None:
                _add(bounds, side, value=f"{bound:g}", unit=analyte.ucum)


def _write_answers(body: Element, report: Report) -> None:
    section, text = _begin_section(body, "Sérologies")
    _write_table(text, [(one.name, one.words) for one in report.answers], ("Examen", "Résultat"))
    organizer = _begin_battery(section, "Sérologies", report.day)
    for one in report.answers:
        value = _add(_begin_result(organizer, one.name, one.loinc), "value", one.words)
        value.set(f"{{{_XSI}}}type", "ST")


def _write_comment(body: Element, comment: str) -> None:
    _, text = _begin_section(body, "Commentaire du biologiste")
    _add(text, "paragraph", comment)
