"""Binary has two forms on the wire: the FHIR resource, and the bytes themselves under their own content type."""

import base64
from typing import Any

from mes_backend.fhir.calls import FHIR_JSON, Answer, Call, make_strong_etag
from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.ranges import cut_part
from mes_backend.fhir.store import Version
from mes_backend.fhir.texts import Written, read_json, read_resource, write_json

_JSON_TYPES = (FHIR_JSON, "application/json", "text/json")


def wants_resource(accept: str) -> bool:
    """Whether a reader asked for the FHIR form."""
    return any(kind in accept for kind in _JSON_TYPES)


def read_body(call: Call) -> Written:
    """The resource in a request; the plain bytes sent to Binary become one. FhirError 415 for other forms."""
    kind = call.header("content-type").partition(";")[0].strip().lower()
    if not kind or kind in _JSON_TYPES:
        return read_resource(call.body)
    if call.path[0] != "Binary":
        raise FhirError(415, "This server reads application/fhir+json")
    binary: dict[str, Any] = {"resourceType": "Binary", "contentType": kind}
    if context := call.header("x-security-context"):
        binary |= {"securityContext": {"reference": context}}
    return read_resource(write_json(binary | {"data": base64.b64encode(call.body).decode()}).encode())


def show_raw(version: Version, call: Call) -> Answer:
    """The bytes of a Binary as what they say they are, or the range of them that ``call`` asks for."""
    resource = read_json(version.body or "{}")
    try:
        raw = base64.b64decode(resource.get("data", ""))
    except (ValueError, TypeError) as error:
        raise FhirError(422, "The data of this Binary is not base64") from error
    part = cut_part(raw, call.header("range"), call.header("if-range"), make_strong_etag(version))
    content_type = str(resource.get("contentType", "application/octet-stream"))
    return Answer(part.status, version=version, raw=part.data, content_type=content_type, place=part.place)
