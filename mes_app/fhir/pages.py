"""Observation ⇄ pages of the health booklet of a child: no code says what they are, so their category says it."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.pages import Page
from mes_app.domain.vocabularies import make_coded
from mes_app.fhir.answers import AUTHORS, put_answer
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, paragraph
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, put_date

CATEGORY = make_coded(Kind.PAGES, "category", "booklet").text
WHEN = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")
_URI = "urn:ietf:rfc:3986"


def summarise_page(resource: Json) -> Overview:
    """Title: the name of the page. Subtitle: what is noted."""
    return make_overview(
        resource,
        Kind.PAGES,
        title=concept_text(resource.get("code")),
        subtitle=line(resource.get("valueString")),
        date=date_text(resource, *WHEN),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_page(resource: Json, refs: Refs) -> Page:
    """One page, without its photos."""
    return Page(
        page=concept_text(resource.get("code")),
        date=read_date(resource, *WHEN),
        text=paragraph(resource.get("valueString")) or None,
        unique_id=_read_unique_id(resource),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued")),
    )


def _read_unique_id(resource: Json) -> str:
    """The identifier that is none of a system of somebody's own."""
    found = (line(one.get("value")) for one in children(resource, "identifier") if one.get("system") == _URI)
    return next(filter(None, found), "")


def _begin(entry: Page, owner: Owner) -> Json:
    identifier = {"identifier": [{"system": _URI, "value": entry.unique_id}]} if entry.unique_id else {}
    return {
        "resourceType": "Observation",
        **identifier,
        "status": "final",
        "category": [{"text": CATEGORY}],
        "subject": {"reference": owner.patient},
        "performer": [{"reference": owner.author}],
    }


def _put_page(resource: Json, entry: Page) -> None:
    """Another name is that of another page: no code of the former one holds any more."""
    put(resource, "code", {"text": entry.page})


def _put_date(resource: Json, entry: Page) -> None:
    put_date(resource, "effective", entry.date)


def _put_text(resource: Json, entry: Page) -> None:
    put_answer(resource, entry.text)


PAGE_ENCODER: Encoder[Page] = Encoder(
    "Observation", _begin, {("page",): _put_page, ("date",): _put_date, ("text",): _put_text}
)


def read_page_of(resource: Json) -> str:
    """Of which page a document is a photo: the unique id of it; empty where it is of none."""
    related = children(child(resource, "context"), "related")
    found = (child(node, "identifier") for node in related if node.get("type") == "Observation")
    return next((line(one.get("value")) for one in found if one.get("system") == _URI and line(one.get("value"))), "")


def write_page_of(page: str) -> Json:
    """The page of a document as a reference by its unique id, which holds before any server knows it."""
    return {"type": "Observation", "identifier": {"system": _URI, "value": page}}
