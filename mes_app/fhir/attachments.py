"""The content of a document: which attachment is shown, where its bytes are, and those that came inside the JSON."""

import binascii

from mes_app.domain.content_types import IMAGES, PDF, TEXT
from mes_app.domain.documents import Attachment
from mes_app.domain.record import ContentState
from mes_app.errors import Reason, Unreadable
from mes_app.fhir.bodies import read_body
from mes_app.fhir.elements import Json, child, children, line, number

_READABLE = (PDF, *IMAGES, TEXT)
SIZE_LIMIT = 2**40
LANGUAGE = "fr-FR"


def list_attachments(document: Json) -> list[Json]:
    """Every attachment of a document."""
    return [child(content, "attachment") for content in children(document, "content")]


def list_contents(document: Json) -> list[Json]:
    """The attachments that have bytes, inside or elsewhere; none for what is no document."""
    return [found for found in list_attachments(document) if found.get("data") or found.get("url")]


def find_attachment(document: Json) -> Json:
    """The attachment to show: of those with bytes, the first that a person can read, else the first."""
    full = list_contents(document)
    readable = (attachment for attachment in full if attachment.get("contentType") in _READABLE)
    return next(readable, None) or next(iter(full or list_attachments(document)), {})


def declared_type(attachment: Json) -> str:
    """The declared MIME type without parameters, in lower case; empty when there is none."""
    return line(attachment.get("contentType")).partition(";")[0].strip().lower()


def declared_size(attachment: Json) -> int:
    """Bytes, as declared or as the inline data weighs; 0 when unknown."""
    data = attachment.get("data")
    if type(data) is str:
        return len(data) * 3 // 4 - data.count("=", -2)
    stated = number(attachment.get("size"))
    return int(stated) if stated and 0 < stated < SIZE_LIMIT else 0


def read_attachment(attachment: Json) -> Attachment:
    """Where the content is and what the server says of it."""
    inline = type(attachment.get("data")) is str
    return Attachment(
        content_type=declared_type(attachment),
        url="" if inline else line(attachment.get("url")),
        inline=inline,
        size=declared_size(attachment),
        sha1=line(attachment.get("hash")),
    )


def write_attachment(attachment: Attachment) -> Json:
    """The content of a new document. Where its bytes are is known once they are on their way."""
    stated = {
        "contentType": attachment.content_type,
        "language": LANGUAGE,
        "url": attachment.url,
        "size": attachment.size,
        "hash": attachment.sha1,
    }
    return {name: value for name, value in stated.items() if value}


def content_state(attachment: Attachment) -> ContentState:
    """STORED when the bytes came inside the record, REMOTE when they are elsewhere, NONE when there are none."""
    if attachment.inline:
        return ContentState.STORED
    return ContentState.REMOTE if attachment.url else ContentState.NONE


def read_content(body: bytes) -> bytes:
    """The bytes inside a Binary, or inside a DocumentReference. Raises Unreadable (NO_CONTENT, DAMAGED, NOT_FHIR)."""
    resource = read_body(body)
    data = resource.get("data") if resource.get("resourceType") == "Binary" else find_attachment(resource).get("data")
    if type(data) is not str or not data:
        raise Unreadable(Reason.NO_CONTENT)
    try:
        return binascii.a2b_base64(data)
    except ValueError:
        raise Unreadable(Reason.DAMAGED) from None
