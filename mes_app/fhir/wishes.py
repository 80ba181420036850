"""Consent ⇄ wishes: advance directives and organ donation. Consents to access or research are not wishes."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.wishes import Wish, WishStatus
from mes_app.domain.values import Coded
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import all_codes, codes, read_coded
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs, split_reference

AUTHORS = ("performer",)
_DIRECTIVES = {"acd", "dnr", "hcd", "polst", "emrgonly", "42348-3"}


def summarise_consent(resource: Json) -> Overview:
    """A wish about care or organs is a line of the section; any other consent is not."""
    return _summarise_wish(resource) if _is_wish(resource) else summarise_other(resource)


def decode_wish(resource: Json, refs: Refs) -> Wish:
    """One wish, and the document that holds it."""
    return Wish(
        wish=_wish(resource),
        date=read_date(resource, "dateTime"),
        status=choose_status(WishStatus, resource.get("status"), WishStatus.UNKNOWN),
        document=_document(resource),
        **entry_facts(resource, refs, *AUTHORS),
    )


def _summarise_wish(resource: Json) -> Overview:
    """Title: the wish. Subtitle: the name of the document that holds it."""
    wish = _wish(resource)
    return make_overview(
        resource,
        Kind.WISHES,
        title=wish.text,
        subtitle=line(child(resource, "sourceReference").get("display")),
        date=date_text(resource, "dateTime"),
        code=wish.code or "",
        status=choose_status(WishStatus, resource.get("status"), WishStatus.UNKNOWN),
        source=find_author(resource, *AUTHORS)[1],
    )


def _is_wish(resource: Json) -> bool:
    return "adr" in codes(child(resource, "scope")) or bool(_DIRECTIVES & all_codes(resource, "category"))


def _wish(resource: Json) -> Coded:
    found = map(read_coded, [*children(resource, "category"), child(resource, "scope")])
    return next((coded for coded in found if coded.text), Coded(text=""))


def _document(resource: Json) -> str | None:
    found = split_reference(child(resource, "sourceReference").get("reference"))
    return "/".join(found) if found else None
