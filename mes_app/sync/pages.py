"""Read one page of a search into what the store takes. Runs off the event loop; a faulty item never spoils the page."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from mes_app.domain.sync_status import Fault
from mes_app.errors import Reason
from mes_app.fhir.attachments import list_contents
from mes_app.fhir.bundles import RawResource, parse_bundle
from mes_app.fhir.overviews import summarise
from mes_app.fhir.references import find_references, split_reference
from mes_app.store.pages import Incoming

Ref = tuple[str, str]

_OWNERS = ("subject", "patient", "beneficiary", "for")


@dataclass(frozen=True, slots=True)
class Page:
    """The records of a page, the shared resources they refer to, what was left out, and where the next page is."""

    type: str
    records: list[Incoming] = field(default_factory=list)
    refs: set[Ref] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    next_url: str = ""
    total: int | None = None


def read_page(body: bytes, resource_type: str, patient: str, *, holder: bool) -> Page:
    """The page of a search for ``resource_type`` of ``patient``. Raises Unreadable when it is no Bundle at all.

    Left out as faults: what cannot be read, is of another type, or of somebody else (a server may ignore ``patient``).
    """
    bundle = parse_bundle(body)
    skipped = [Fault(resource_type, "", Reason.NOT_FHIR)] * bundle.skipped
    page = Page(resource_type, faults=skipped, next_url=bundle.next_url or "", total=bundle.total)
    for item in bundle.entries:
        if item.type == resource_type and is_of(item.resource, patient):
            page.records.append(make_incoming(item, holder=holder))
            page.refs.update(find_references(item.resource))
        else:
            page.faults.append(Fault(item.type, item.id, Reason.NOT_FHIR))
    return page


def make_incoming(item: RawResource, *, holder: bool) -> Incoming:
    """A resource as the store takes it."""
    overview = summarise(item.resource, holder=holder)
    content = bool(list_contents(item.resource))
    return Incoming(item.type, item.id, make_version(item), item.updated, item.body, overview, has_content=content)


def make_version(item: RawResource) -> str:
    """The version of a resource. A server without versions gets one from the date, or from the words."""
    return item.version or item.updated or sha256(item.body).hexdigest()


def is_of(resource: dict[str, Any], patient: str) -> bool:
    """False when the resource says that it is of other patients only."""
    owners = {owner for name in _OWNERS if (owner := _patient_of(resource.get(name)))}
    if participants := resource.get("participant"):
        actors = participants if isinstance(participants, list) else []
        owners |= {owner for actor in actors if isinstance(actor, dict) and (owner := _patient_of(actor.get("actor")))}
    return not owners or patient in owners


def _patient_of(reference: object) -> str:
    found = split_reference(reference.get("reference")) if isinstance(reference, dict) else None
    return found[1] if found and found[0] == "Patient" else ""
