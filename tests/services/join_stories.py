"""A child noted here before the service knew of her: the service of the family tells of a daughter born that day."""

import json

from mes_app.domain.documents import Category
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Profile, Sex
from mes_app.domain.record import Kind
from mes_app.domain.sections.allergies import Allergy
from mes_app.domain.values import Coded, PartialDate
from mes_app.fhir.bodies import read_body
from mes_app.services.encoding import describe_body
from mes_app.services.filing import Label
from mes_app.services.session import Session
from mes_app.store.database import Connection
from mes_app.store.edits import create_record
from mes_app.store.records import get_record
from tests.services.family import Json, pdf

ZOE = Newcomer(first_name="Zoé", family_name="Martin", birth=PartialDate(text="2017-02-28"), sex=Sex.FEMALE)
PHOTO = pdf("Premier jour")
LABEL = Label(title="Premier jour", category=Category.OTHER, date=PartialDate(text="2017-02-28"))


async def add_zoe(session: Session, newcomer: Newcomer = ZOE) -> Profile:
    """Somebody who begins here, with nothing noted yet."""
    return await session.profiles.add(newcomer)


async def add_allergy(session: Session, pid: str, substance: str) -> str:
    """Our id of it."""
    allergy = Allergy(substance=Coded(text=substance))
    return (await session.editing.add(pid, allergy, Kind.ALLERGIES)).record_id


async def list_titles(session: Session, pid: str, kind: Kind = Kind.ALLERGIES) -> list[str]:
    """What is listed of a section, in the order of the alphabet."""
    return sorted(row.title for row in await session.health.rows(pid, kind))


async def write(session: Session, pid: str, resource: Json) -> str:
    """A resource as some other tool wrote it; our id of it."""
    pen = session.editing._pen
    body = json.dumps(resource).encode()

    def keep(con: Connection) -> str:
        return create_record(con, pid, describe_body(con, pid, body), pen.when())

    return await pen.write(keep)


def make_letter(pid: str, number: int, replaced: str = "") -> Json:
    """A letter of somebody whom no server knows, which takes the place of the one before where it is told."""
    target = {"reference": f"urn:uuid:{replaced}", "identifier": {"value": f"urn:oid:1.2.3.{number - 1}"}}
    more = {"relatesTo": [{"code": "replaces", "target": target}]} if replaced else {}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "masterIdentifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:oid:1.2.3.{number}"},
        "subject": {"reference": f"urn:uuid:{pid}"},
        "author": [{"reference": f"urn:uuid:{pid}"}],
        "description": f"Lettre {number}",
        "content": [{"attachment": {"contentType": "application/pdf", "title": f"Lettre {number}"}}],
    } | more


async def read_resource(session: Session, record_id: str) -> Json:
    """The whole of a record, as it was last written here."""
    return read_body((await session.editing._pen.database.read(get_record, record_id)).body)
