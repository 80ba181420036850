"""DocumentReference (PDSm or minimal) ⇄ documents of the dossier."""

from dataclasses import replace

from mes_app.domain.catalogue import DocumentType, choose_upload_type, find_document_type
from mes_app.domain.checks import is_before
from mes_app.domain.documents import Category, Document
from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.values import Coded
from mes_app.fhir.attachments import (
    content_state,
    declared_size,
    declared_type,
    find_attachment,
    read_attachment,
    write_attachment,
)
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, codes, concept_text, read_coded
from mes_app.fhir.dates import date_text, instant_text, read_date
from mes_app.fhir.elements import Json, child, children, line, paragraph
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.labels import is_hidden, is_secret, put_hidden
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.pages import read_page_of, write_page_of
from mes_app.fhir.papers import put_paper, read_paper
from mes_app.fhir.references import Refs, find_nowhere, reference_type, references, resolve
from mes_app.fhir.versions import read_replaced, read_stay, read_unique_id
from mes_app.fhir.writing import put, write_code

AUTHORS = ("author", "authenticator")
SUPERSEDED = "superseded"
_CLASSES = "https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument"


def summarise_document(resource: Json) -> Overview:
    """Title: the document's. Subtitle: its author. Code: its type. Category: where it is shown."""
    attachment = find_attachment(resource)
    node, source = find_author(resource, *AUTHORS)
    found = _known_type(resource)
    overview = make_overview(
        resource,
        Kind.DOCUMENTS,
        title=_title(resource, attachment),
        subtitle=short_name(node, resource) or short_name(child(resource, "custodian"), resource),
        date=date_text(_moments(resource, attachment), "creation", "period", "date"),
        category=found.category if found else Category.OTHER,
        code=found.code if found else code_of(child(resource, "type")),
        status=line(resource.get("status")),
        source=source,
        hidden=is_hidden(resource),
        content_type=declared_type(attachment),
        size=declared_size(attachment),
    )
    return replace(
        overview,
        unique_id=read_unique_id(resource),
        replaces=read_replaced(resource),
        stay=read_stay(resource),
        organization=(_organization(resource, find_nowhere) or "") if source is Source.PROFESSIONAL else "",
    )


def decode_document(resource: Json, refs: Refs) -> Document:
    """One document, without its bytes."""
    attachment = find_attachment(resource)
    content = read_attachment(attachment)
    found = _known_type(resource)
    category = found.category if found else Category.OTHER
    paper, expires = read_paper(resource, category)
    return Document(
        title=_title(resource, attachment),
        unique_id=read_unique_id(resource),
        type=_type(resource, found),
        category=category,
        paper=paper,
        expires=expires,
        page=read_page_of(resource),
        date=read_date(_moments(resource, attachment), "creation", "period", "date"),
        organization=_organization(resource, refs),
        description=paragraph(resource.get("description")) or None,
        hidden=is_hidden(resource),
        secret=is_secret(resource),
        superseded=resource.get("status") == SUPERSEDED,
        attachment=content,
        content=content_state(content),
        **entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "date")),
    )


def _known_type(resource: Json) -> DocumentType | None:
    return next(filter(None, map(find_document_type, codes(child(resource, "type")))), None)


def _type(resource: Json, found: DocumentType | None) -> Coded:
    """The type in the words of the record, else in those of the catalogue."""
    stated = read_coded(resource.get("type"))
    nameless = found and stated.text in ("", found.code)
    return stated.model_copy(update={"text": found.display}) if found and nameless else stated


def _title(resource: Json, attachment: Json) -> str:
    return (
        line(attachment.get("title"))
        or line(resource.get("description"))
        or _type(resource, _known_type(resource)).text
        or concept_text(resource.get("category"))
    )


def _moments(resource: Json, attachment: Json) -> Json:
    """When the document was made, when what it tells happened, when it was filed."""
    return {
        "creation": attachment.get("creation"),
        "period": child(resource, "context").get("period"),
        "date": resource.get("date"),
    }


def _organization(resource: Json, refs: Refs) -> str | None:
    """An Organization among the authors, that of a PractitionerRole, or the custodian."""
    nodes = references(resource, "author")
    roles = (resolve(node, resource, refs) or {} for node in nodes)
    places = [
        *(node for node in nodes if reference_type(node, resource) == "Organization"),
        *(child(role, "organization") for role in roles),
        *children(resource, "custodian"),
    ]
    names = (reference_name(node, resource, refs) for node in places)
    return next(filter(None, names), None)


def _begin(entry: Document, owner: Owner) -> Json:
    """The upload of a person: a French server and a bare one take it alike."""
    resource = {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": {"reference": owner.patient},
        "author": [{"reference": owner.author}],
        "securityLabel": [write_code("v3-Confidentiality", "N")],
        "content": [{"attachment": write_attachment(entry.attachment)}],
    }
    if entry.unique_id:
        resource["masterIdentifier"] = {"system": "urn:ietf:rfc:3986", "value": entry.unique_id}
    if entry.page:
        resource["context"] = {"related": [write_page_of(entry.page)]}
    put(resource, "date", instant_text(entry.recorded))
    return resource


def _put_type(resource: Json, entry: Document) -> None:
    """The type, and the class that goes with it."""
    if found := _choose_type(entry):
        resource["type"] = {"coding": [{"system": found.system, "code": found.code, "display": found.display}]}
        resource["category"] = [{"coding": [{"system": _CLASSES, "code": found.class_code}]}]


def _choose_type(entry: Document) -> DocumentType | None:
    """The stated type where it belongs to the category, else that of what a person files there."""
    stated = find_document_type(entry.type.code or "")
    if stated and stated.category is entry.category:
        return stated
    return find_document_type(choose_upload_type(entry.category).code or "")


def _put_description(resource: Json, entry: Document) -> None:
    put(resource, "description", entry.description)


def _put_title(resource: Json, entry: Document) -> None:
    put(_keep_attachment(resource), "title", entry.title)


def _put_date(resource: Json, entry: Document) -> None:
    """When it was made, which for the servers of professionals is also when the act took place."""
    put(_keep_attachment(resource), "creation", entry.date and entry.date.text)
    context = child(resource, "context")
    period = child(context, "period")
    put(period, "start", entry.date and entry.date.text)
    end = None if entry.category is Category.ADMINISTRATIVE else read_date(period, "end")
    if end and entry.date and is_before(end, entry.date):  # the stay that it tells of is another: no server takes this
        del period["end"]
    put(context, "period", period)
    put(resource, "context", context)


def _keep_attachment(resource: Json) -> Json:
    """The attachment that is shown, there to be written in."""
    attachment = find_attachment(resource)
    if not attachment:
        resource["content"] = [{"attachment": attachment}]
    return attachment


def _put_hidden(resource: Json, entry: Document) -> None:
    put_hidden(resource, hidden=entry.hidden)


def _put_superseded(resource: Json, entry: Document) -> None:
    put(resource, "status", SUPERSEDED if entry.superseded else "current")


DOCUMENT_ENCODER = Encoder(
    "DocumentReference",
    _begin,
    {
        ("type", "category"): _put_type,
        ("description",): _put_description,
        ("title", "description", "type", "category"): _put_title,
        ("date",): _put_date,
        ("hidden",): _put_hidden,
        ("superseded",): _put_superseded,
        ("paper", "expires"): put_paper,
    },
)
