"""Which interaction a method and a path ask for, and the reading ones. Nothing here knows HTTP."""

from collections.abc import Callable

from mes_backend.fhir.binaries import show_raw, wants_resource
from mes_backend.fhir.calls import Answer, Call, Work, read_tags
from mes_backend.fhir.changes import create, remove, update
from mes_backend.fhir.listings import list_matches, list_past
from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.parameters import KINDS
from mes_backend.fhir.visibility import find_owners, find_seen


def name_interaction(call: Call) -> str:
    """The FHIR code of what ``call`` asks. FhirError 404 or 405 when this server has no such interaction."""
    match call.method, call.path:
        case _, (type_, *_) if type_ not in KINDS:
            raise FhirError(404, "This server does not keep this type of resource")
        case "GET", (_, "_history"):
            return "history-type"
        case "GET", (_, _, "_history"):
            return "history-instance"
        case "GET", (_, _, "_history", _):
            return "vread"
        case (("GET" | "PUT" | "DELETE" as method), (_, _)):
            return {"GET": "read", "PUT": "update", "DELETE": "delete"}[method]
        case (("GET" | "POST" as method), (_,)):
            return {"GET": "search-type", "POST": "create"}[method]
    raise FhirError(405, "This server does not have this interaction")


def perform(work: Work, call: Call) -> Answer:
    """Does what ``call`` asks. FhirError for every refusal."""
    return _HANDLERS[name_interaction(call)](work, call)


def read(work: Work, call: Call) -> Answer:
    """GET Type/id or Type/id/_history/version."""
    number = call.path[3] if len(call.path) == 4 else None
    if number and not (number.isdecimal() and len(number) < 10):
        raise FhirError(404, "There is no such version")
    version = find_seen(work.con, work.reach, call.path[0], call.path[1], int(number) if number else None)
    if not version:
        raise FhirError(404, "There is no such resource")
    work.patients |= find_owners(work.con, version) & work.reach.patients
    if version.body is None:
        raise FhirError(410, "This resource was deleted")
    if {str(version.version), "*"}.intersection(read_tags(call.header("if-none-match"))):
        return Answer(304, version=version)
    if version.type == "Binary" and not wants_resource(call.header("accept")):
        return show_raw(version, call)
    return Answer(200, version.body, version)


_HANDLERS: dict[str, Callable[[Work, Call], Answer]] = {
    "read": read,
    "vread": read,
    "create": create,
    "update": update,
    "delete": remove,
    "search-type": list_matches,
    "history-type": list_past,
    "history-instance": list_past,
}
