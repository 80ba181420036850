"""Whose records this account reaches: the Person's own Patient first, then those it represents."""

from collections.abc import Iterable

from mes_app.domain.people import PALETTE, Profile
from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Fault
from mes_app.errors import NotAllowed, Rejected, Unreadable
from mes_app.fhir.bundles import RawResource, parse_resource
from mes_app.fhir.elements import child, children
from mes_app.fhir.people import decode_person
from mes_app.fhir.references import split_reference
from mes_app.store.database import Connection, Database
from mes_app.store.ids import make_id
from mes_app.store.pages import save_page
from mes_app.store.profiles import list_profiles, save_profile
from mes_app.sync.api import FhirApi
from mes_app.sync.pages import Ref, make_incoming


async def read_profiles(api: FhirApi, database: Database, account: ServerAccount) -> tuple[list[Profile], list[Fault]]:
    """The profiles the server shows now, the holder first, kept with their names; those it refuses are faults.

    A refusal hides and removes nothing here: what a lost right means is judged by reconciliation.
    """
    own, represented, faults = await _list_patients(api, account)
    reached: list[Profile] = []
    for rid in dict.fromkeys(own + represented):
        try:
            patient = parse_resource((await api.get(f"Patient/{rid}")).body)
        except (Rejected, NotAllowed, Unreadable) as error:
            faults.append(Fault("Patient", rid, error.reason))
        else:
            reached.append(await database.write(_keep_profile, patient, holder=rid in own[:1]))
    return reached, faults


async def _list_patients(api: FhirApi, account: ServerAccount) -> tuple[list[str], list[str], list[Fault]]:
    """Ids of the person's own Patients, then of those they represent, and the links that could not be read.

    Without a Person these are the ids the user gave, the first being the holder.
    """
    if not account.person:
        return list(account.patients[:1]), list(account.patients[1:]), []
    person = parse_resource((await api.get(account.person)).body).resource
    linked = [split_reference(child(link, "target").get("reference")) for link in children(person, "link")]
    represented: list[str] = []
    faults: list[Fault] = []
    for rid in _of_type("RelatedPerson", linked):
        try:
            relation = parse_resource((await api.get(f"RelatedPerson/{rid}")).body).resource
        except (Rejected, NotAllowed, Unreadable) as error:
            faults.append(Fault("RelatedPerson", rid, error.reason))
        else:
            represented += _of_type("Patient", [split_reference(child(relation, "patient").get("reference"))])
    return _of_type("Patient", linked), represented, faults


def _of_type(resource_type: str, refs: Iterable[Ref | None]) -> list[str]:
    return [ref[1] for ref in refs if ref and ref[0] == resource_type]


def _keep_profile(con: Connection, patient: RawResource, *, holder: bool) -> Profile:
    """Name the profile of this Patient, made at its first sight, and keep the Patient as one of its records."""
    known = list_profiles(con, hidden=True)
    former = next((profile for profile in known if profile.rid == patient.id), None)
    person = decode_person(patient.body)
    profile = (former or _make_profile(patient.id, len(known))).model_copy(
        update={"name": person.name, "birth": person.birth, "sex": person.sex, "holder": holder}
    )
    if profile != former:
        save_profile(con, profile)
    save_page(con, profile.pid, [make_incoming(patient, holder=holder)])
    return profile


def _make_profile(rid: str, position: int) -> Profile:
    return Profile(pid=make_id(), rid=rid, position=position, colour=PALETTE[position % len(PALETTE)])
