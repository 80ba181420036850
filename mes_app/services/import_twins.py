"""What makes a thing to be imported the same as a record that is there: identifiers, bytes, or all that it says."""

import base64
import hashlib
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mes_app.domain.imports import Named
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Rejected
from mes_app.fhir.adopting import tell_apart
from mes_app.fhir.attachments import find_attachment
from mes_app.fhir.bodies import read_body
from mes_app.fhir.elements import Json, line
from mes_app.fhir.people import decode_person
from mes_app.fhir.references import Refs
from mes_app.fhir.versions import read_unique_id
from mes_app.services.decoding import make_refs
from mes_app.services.editing import list_statements
from mes_app.services.personal_settings import read_settings
from mes_app.store.database import Connection
from mes_app.store.dossiers import list_dossier, read_bodies
from mes_app.store.places import list_digests
from mes_app.store.profiles import list_profiles
from mes_app.store.records import count_by_kind, list_bodies

_OID = "urn:oid:"


@dataclass(frozen=True)
class Known:
    """A dossier as it is before an import. ``twins``: its records by what makes another one the same.

    ``names``: all that its person is called, the name of birth too.
    ``settings``: what this device knows of the person beside their record.
    ``sections`` have entries; ``statements`` are the person's own « Je n'ai pas de … », by our ids.
    """

    profile: Profile
    names: tuple[Named, ...] = ()
    twins: Mapping[Hashable, str] = field(default_factory=dict, repr=False)
    sections: frozenset[Kind] = frozenset()
    statements: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)


def read_known(con: Connection, pid: str) -> Known:
    """Raises Rejected("profile", UNKNOWN_RECORD)."""
    profile = next((found for found in list_profiles(con) if found.pid == pid), None)
    if profile is None:
        raise Rejected("profile", Reason.UNKNOWN_RECORD)
    rows, refs = list_dossier(con, pid), make_refs(con)
    twins: dict[Hashable, str] = {("sha256", digest): lid for digest, lid in list_digests(con, pid)}
    for lid, body in read_bodies(con, pid, [row.id for row in rows]):
        resource = read_body(body)
        names = [("rid", f"{resource.get('resourceType')}/{resource['id']}")] if "id" in resource else []
        twins |= dict.fromkeys([*list_keys(resource, refs), *names], lid)
    said = [row.id for kind in Kind for row in list_statements(con, pid, kind)]
    sections, settings = frozenset(count_by_kind(con, pid)), read_settings(con, profile)
    return Known(profile, _list_names(con, profile), twins, sections, frozenset(said), settings)


def _list_names(con: Connection, profile: Profile) -> tuple[Named, ...]:
    usual = Named(profile.name, profile.birth)
    found = list_bodies(con, profile.pid, Kind.PEOPLE, limit=1)
    if not found:
        return (usual,)
    person = decode_person(found[0].body)
    first = person.first_names.split()[:1] or profile.name.split()[:1]
    return (usual, Named(" ".join([*first, person.birth_name]), profile.birth)) if person.birth_name else (usual,)


def list_keys(resource: Json, refs: Refs) -> Iterator[Hashable]:
    """What makes another record the same: of a document its identifier or its bytes, of any other all that it says."""
    if resource.get("resourceType") != "DocumentReference":
        yield ("says", tell_apart(resource, refs))
        return
    yield from list_identifier_keys(read_unique_id(resource))
    if sha1 := line(find_attachment(resource).get("hash")):
        yield ("sha1", sha1)


def list_identifier_keys(unique_id: str) -> Iterator[Hashable]:
    """The same whichever way brought a document; nothing where it has no identifier."""
    if unique_id:
        yield ("id", unique_id.removeprefix(_OID))


def list_content_keys(data: bytes) -> Iterator[Hashable]:
    """By SHA-256; also by SHA-1, all that a server says of a content that is not here."""
    yield ("sha256", hashlib.sha256(data).hexdigest())
    yield ("sha1", base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode())
