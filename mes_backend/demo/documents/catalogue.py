"""Reads the texts of content/*.toml and makes the documents of one member out of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mes_backend.demo.calendars import Calendar
from mes_backend.demo.contents import read_content
from mes_backend.demo.documents.markups import make_story, make_table, make_title
from mes_backend.demo.documents.pages import make_pdf
from mes_backend.demo.documents.pictures import make_fax, make_photo, make_ultrasound
from mes_backend.demo.documents.prescriptions import Line, make_prescription
from mes_backend.demo.documents.records import Filing, build_document
from mes_backend.demo.documents.scans import make_scan
from mes_backend.demo.documents.sheets import Author, Body, Sheet
from mes_backend.demo.elements import Json
from mes_backend.demo.people import HOME, Member
from mes_backend.demo.professionals import POSTCODE, TOWN, list_organizations, list_professionals

PDF = "application/pdf"
FILES: dict[str, tuple[Callable[[str], bytes], str]] = {
    "photo": (make_photo, "image/jpeg"),
    "ultrasound": (make_ultrasound, "image/jpeg"),
    "fax": (make_fax, "image/tiff"),
    "scan": (make_scan, "application/dicom"),
    "text": (lambda text: text.lstrip().encode(), "text/plain"),
}
"""Makers of what is not a PDF, with the type of what they make."""


def find_author(member: Member, key: str) -> Author:
    """Who wrote a document: ``patient``, a professional or an institution."""
    if key == "patient":
        return member
    return list_professionals().get(key) or list_organizations()[key]


def _address(member: Member, key: str) -> tuple[str, ...]:
    if not key:
        return ()
    if key == "home":
        return (member.name, HOME, f"{POSTCODE} {TOWN}")
    professional = list_professionals().get(key)
    place = professional.organization if professional else list_organizations()[key]
    return (professional.name if professional else place.name, place.street, f"{POSTCODE} {TOWN}")


def _make_report(title: str, text: str) -> Body:
    return lambda colour: [*make_title(title, colour), *make_story(text, colour)]


def _make_vaccination_table(vaccines: list[Json]) -> Body:
    """Every injection, oldest first, as a health record book prints them."""
    head = ["Date", "Vaccin", "Maladies", "Dose", "Lot"]
    rows = []
    for vaccine in sorted(vaccines, key=lambda one: str(one["occurrenceDateTime"])):
        protocol = vaccine["protocolApplied"][0]
        day = "/".join(reversed(vaccine["occurrenceDateTime"][:10].split("-")))
        diseases = ", ".join(disease["text"] for disease in protocol["targetDisease"])
        dose = str(protocol["doseNumberPositiveInt"])
        rows.append([day, vaccine["vaccineCode"]["text"], diseases, dose, vaccine.get("lotNumber", "–")])
    note = "Document établi d’après le dossier du cabinet et le carnet de santé présenté ce jour."
    return lambda colour: [
        *make_title("Historique des vaccinations", colour),
        make_table([head, *rows], colour, [1.5, 2.6, 3.6, 0.7, 1.6]),
        *make_story(note, colour),
    ]


def _make_body(spec: dict[str, Any], calendar: Calendar, vaccines: list[Json]) -> Body:
    match spec["maker"]:
        case "prescription":
            return make_prescription([Line(*line) for line in spec["lines"]], spec["title"], spec.get("note", ""))
        case "vaccinations":
            return _make_vaccination_table(vaccines)
    return _make_report(spec["title"], calendar.fill(spec["text"]))


def _make_file(
    member: Member, filing: Filing, calendar: Calendar, spec: dict[str, Any], vaccines: list[Json]
) -> tuple[bytes, str]:
    if spec["maker"] in FILES:
        make, content_type = FILES[spec["maker"]]
        return make(spec["text"]), content_type
    body, to = _make_body(spec, calendar, vaccines), _address(member, spec.get("to", ""))
    return make_pdf(Sheet(filing.title, member, filing.author, calendar.day(filing.when), body, to)), PDF


def build_documents(member: Member, calendar: Calendar, vaccines: list[Json]) -> Iterator[Json]:
    """DocumentReference and Binary of each document of ``member``, laboratory reports excepted.

    ``again`` is when the same document came a second time, by another way.
    """
    for spec in read_content(f"documents/{member.key}")["document"]:
        author = find_author(member, spec["author"])
        filing = Filing(spec["key"], spec["type"], spec["title"], author, spec["when"], tuple(spec.get("labels", ())))
        data, content_type = _make_file(member, filing, calendar, spec, vaccines)
        yield from build_document(member, filing, calendar, data, content_type)
        if "again" in spec:
            copy = replace(filing, key=f"{filing.key}-copy", when=spec["again"], copies=filing.key)
            yield from build_document(member, copy, calendar, data, content_type)
