"""Communication ⇄ errors that a person reports. Any other Communication, a message first of all, is none.

It is told apart by a category of ours: the one that HL7 has for requests of correction (``medRecCxReq``) would ask a
server to have somebody answer, and nobody here is asked.
"""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.remarks import Remark
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, paragraph
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put

SYSTEM = "urn:mes-carnets:remark"
CODE = "reported-error"
AUTHORS = ("sender",)


def summarise_communication(resource: Json) -> Overview:
    """Title: what is wrong."""
    if not is_remark(resource):
        return summarise_other(resource)
    return make_overview(
        resource,
        Kind.REMARKS,
        title=line(_text(resource)),
        date=date_text(resource, "sent"),
        status=line(resource.get("status")),
        source=find_author(resource, *AUTHORS)[1],
    )


def decode_remark(resource: Json, refs: Refs) -> Remark:
    """One reported error."""
    return Remark(
        about=line(child(resource, "about").get("reference")),
        text=_text(resource),
        date=read_date(resource, "sent"),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "sent")),
    )


def is_remark(resource: Json) -> bool:
    """Whether a Communication is one of ours."""
    codings = (coding for category in children(resource, "category") for coding in children(category, "coding"))
    return any((coding.get("system"), coding.get("code")) == (SYSTEM, CODE) for coding in codings)


def _begin(entry: Remark, owner: Owner) -> Json:
    return {
        "resourceType": "Communication",
        "status": "completed",
        "category": [{"coding": [{"system": SYSTEM, "code": CODE}]}],
        "subject": {"reference": owner.patient},
        "about": [{"reference": entry.about}],
        "sender": {"reference": owner.author},
    }


def _put_text(resource: Json, entry: Remark) -> None:
    """In place of all that was said in words; what else it brings stays."""
    others = [one for one in children(resource, "payload") if "contentString" not in one]
    put(resource, "payload", [{"contentString": entry.text}, *others])


def _put_date(resource: Json, entry: Remark) -> None:
    put(resource, "sent", entry.date and entry.date.text)


REMARK_ENCODER: Encoder[Remark] = Encoder(
    "Communication", _begin, {("text",): _put_text, ("date",): _put_date}, knows=is_remark
)


def _text(resource: Json) -> str:
    said = (paragraph(one.get("contentString")) for one in children(resource, "payload"))
    return "\n".join(filter(None, said))
