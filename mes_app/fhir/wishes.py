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
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs, split_reference
from mes_app.fhir.writing import put, put_choice, write_code, write_concept

AUTHORS = ("performer",)
POLICY = "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006072665"
"""The law that a wish rests on, which every Consent must name: the French code of public health."""
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


def _begin(_wish: Wish, owner: Owner) -> Json:
    return {
        "resourceType": "Consent",
        "status": WishStatus.ACTIVE.value,
        "scope": write_code("consentscope", "adr"),
        "patient": {"reference": owner.patient},
        "performer": [{"reference": owner.author}],
        "policy": [{"uri": POLICY}],
    }


def _put_wish(resource: Json, entry: Wish) -> None:
    """In place of the category that was shown."""
    categories = children(resource, "category")
    shown = next((category for category in categories if read_coded(category).text), None)
    others = [category for category in categories if category is not shown]
    put(resource, "category", [write_concept(entry.wish, shown), *others])


def _put_date(resource: Json, entry: Wish) -> None:
    put(resource, "dateTime", entry.date and entry.date.text)


def _put_status(resource: Json, entry: Wish) -> None:
    if entry.status is not WishStatus.UNKNOWN:
        put(resource, "status", entry.status.value)


def _put_document(resource: Json, entry: Wish) -> None:
    put_choice(resource, "source", "Reference", entry.document and {"reference": entry.document})


WISH_ENCODER = Encoder(
    "Consent",
    _begin,
    {("wish",): _put_wish, ("date",): _put_date, ("status",): _put_status, ("document",): _put_document},
)
