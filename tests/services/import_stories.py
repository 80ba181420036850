"""A family with something of everything, the same people where nothing is known of them yet, and what a vault says."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from mes_app.domain.documents import Category
from mes_app.domain.imports import choose_items
from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.fhir.adopting import tell_apart
from mes_app.fhir.bodies import read_body
from mes_app.services.decoding import make_refs
from mes_app.services.filing import Label
from mes_app.services.importing import Imported, Picked, Plan
from mes_app.services.session import Session
from mes_app.store.database import Connection
from mes_app.store.dossiers import list_dossier, read_bodies
from mes_app.store.places import list_digests
from mes_app.sync.bundle_servers import HOLDER
from tests.services.export_stories import ignore
from tests.services.family import Json, document, of_mother, patient, pdf

DOCTOR = {"resourceType": "Practitioner", "id": "doc", "name": [{"family": "Roux", "given": ["Awa"], "prefix": ["Dr"]}]}
ROLE = {
    "resourceType": "PractitionerRole",
    "id": "role",
    "practitioner": {"reference": "Practitioner/doc"},
    "organization": {"reference": "Organization/clinic"},
}
CLINIC = {"resourceType": "Organization", "id": "clinic", "name": "Clinique du Port"}
STAY = of_mother("Encounter", "stay", status="finished", period={"start": "2026-05-01"}) | {
    "subject": {"reference": "Patient/mother"},
    "diagnosis": [{"condition": {"reference": "Condition/c"}}],
    "class": {"code": "IMP"},
}
CONDITION = of_mother(
    "Condition", "c", code={"text": "Fracture"}, encounter={"reference": "Encounter/stay"}, recordedDate="2026-05-01"
)
GLUCOSE = of_mother(
    "Observation",
    "glucose",
    status="final",
    code={"text": "Glycémie"},
    category=[{"coding": [{"code": "laboratory"}]}],
    performer=[{"reference": "PractitionerRole/role"}],
    valueQuantity={"value": 1.10, "unit": "g/L"},
)
PANEL = {
    "resourceType": "DiagnosticReport",
    "id": "panel",
    "status": "final",
    "subject": {"reference": "Patient/mother"},
    "code": {"text": "Bilan"},
    "result": [{"reference": "Observation/glucose"}],
}
NEWER = document(
    6,
    "Lettre corrigée",
    pdf("Corrigée"),
    "application/pdf",
    author=[{"reference": "PractitionerRole/role"}],
    masterIdentifier={"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3.6"},
    relatesTo=[{"code": "replaces", "target": {"reference": "DocumentReference/d5"}}],
    context={"encounter": [{"reference": "Encounter/stay"}]},
)
OLDER = document(
    5,
    "Lettre",
    pdf("Lettre"),
    "application/pdf",
    status="superseded",
    author=[{"reference": "Practitioner/doc"}],
    masterIdentifier={"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3.5"},
    securityLabel=[{"coding": [{"code": "MASQUE_PS"}]}],
)
MORE: list[Json] = [DOCTOR, ROLE, CLINIC, STAY, CONDITION, GLUCOSE, PANEL, *NEWER, *OLDER]


def build_empty(mother: str = "m-2", daughter: str = "d-2") -> list[Json]:
    """The same people on another server, which knows nothing else of them."""
    return [
        {
            "resourceType": "Person",
            "id": HOLDER.split("/")[1],
            "link": [{"target": {"reference": f"Patient/{mother}"}}, {"target": {"reference": "RelatedPerson/r-2"}}],
        },
        {"resourceType": "RelatedPerson", "id": "r-2", "patient": {"reference": f"Patient/{daughter}"}},
        patient(mother, "Anaïs", "1988-07-12", "female"),
        patient(daughter, "Zoé", "2017-02-28", "female"),
    ]


async def furnish(session: Session, family: Sequence[Profile]) -> None:
    """What a person does beside the server: a document of their own, a folder, a pin, something still to be read."""
    pid = family[0].pid
    label = Label(title="Ma note", category=Category.OTHER, date=PartialDate(text="2026-09-01"))
    added = await session.documents.add(pid, pdf("Ma note"), label)
    rows = [found.row for found in await session.search.find(pid, "")]
    await session.arranging.move([added.record_id, rows[-1].id], "Été 2026")
    await session.arranging.pin([rows[-1].id], pinned=True)
    await session.documents.rename(rows[-1].id, "La mienne")
    await session.keeping.keep(rows[0].id, kept=True)
    await session.documents.open(rows[1].id)


async def bring(session: Session, pid: str, *files: Picked) -> tuple[Plan, Imported]:
    """All that is chosen at first."""
    plan = await session.importing.preview(pid, files, ignore)
    return plan, await session.importing.run(plan, choose_items(plan.items), ignore)


async def describe(session: Session, family: Sequence[Profile]) -> "Counter[Any]":
    """All that a vault says of each person, but for ids and people."""
    database = session.editing._pen.database
    told: Counter[Any] = Counter()
    for person in family:
        told.update((person.name, *said) for said in await database.read(_describe, person.pid))
    return told


def _describe(con: Connection, pid: str) -> list[tuple[Any, ...]]:
    refs = make_refs(con)
    digests = {lid: digest for digest, lid in list_digests(con, pid)}
    rows = list_dossier(con, pid)
    bodies = {lid: read_body(body) for lid, body in read_bodies(con, pid, [row.id for row in rows])}
    return [
        (
            *(row.kind, row.title, row.date_text, row.category, row.status, row.source, row.hidden),
            *(row.folder, row.pinned, row.kept, row.unread, row.own_title, row.content),
            *(digests.get(row.id), tell_apart(bodies[row.id], refs)),
        )
        for row in rows
        if row.kind is not Kind.PEOPLE
    ]
