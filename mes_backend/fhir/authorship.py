"""What a professional wrote in a document is not the patient's to change: only who may see it (``securityLabel``)."""

from typing import Any

from sqlalchemy import Connection

from mes_backend.fhir.outcomes import FhirError
from mes_backend.fhir.store import Version
from mes_backend.fhir.texts import Written, read_json
from mes_backend.fhir.visibility import list_documents_of

PROFESSIONALS = frozenset({"Practitioner", "PractitionerRole", "Organization", "CareTeam", "Device"})
REFUSED = "Ce document a été écrit par un professionnel : vous pouvez le masquer, pas le modifier ni le supprimer."
_OPEN = frozenset({"id", "meta", "securityLabel"})
_OURS = frozenset({"versionId", "lastUpdated"})

Resource = dict[str, Any]


def check_authorship(con: Connection, live: Version, written: Written | None = None) -> None:
    """FhirError 403 where ``written``, or a deletion, would change what a professional wrote."""
    match live.type:
        case "DocumentReference":
            before = _read(live)
            if is_by_professional(before) and (written is None or _tell_rest(before) != _tell_rest(written.resource)):
                raise FhirError(403, REFUSED)
        case "Binary":
            if any(is_by_professional(_read(document)) for document in list_documents_of(con, live.id)):
                raise FhirError(403, REFUSED)


def is_by_professional(document: Resource) -> bool:
    """Whether an author is neither the patient nor somebody around."""
    inside = {f"#{one.get('id')}": one.get("resourceType") for one in _list(document, "contained")}
    return any(_name_type(author, inside) in PROFESSIONALS for author in _list(document, "author"))


def _list(node: Resource, name: str) -> list[Resource]:
    found = node.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _name_type(author: Resource, inside: dict[str, Any]) -> Any:
    reference = str(author.get("reference", ""))
    return inside.get(reference) or author.get("type") or reference.partition("/_history/")[0].split("/")[-2:][0]


def _read(version: Version) -> Resource:
    resource: Resource = read_json(version.body or "{}")
    return resource


def _tell_rest(document: Resource) -> tuple[Resource, Resource]:
    """All that only the author changes."""
    given = document.get("meta")
    meta = {name: value for name, value in given.items() if name not in _OURS} if isinstance(given, dict) else {}
    return meta, {name: value for name, value in document.items() if name not in _OPEN}
