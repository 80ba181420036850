"""Whose records this account reaches: the Person's own Patient first, then those it represents.

A profile that is no longer linked is still asked for: only the server's refusal of it takes it away.
"""

from collections.abc import Iterable
from datetime import datetime

from mes_app.domain.people import PALETTE, Profile, ProfileState
from mes_app.domain.servers import ServerAccount
from mes_app.domain.sync_status import Fault
from mes_app.errors import NotAllowed, Reason, Rejected, Unreadable
from mes_app.fhir.bundles import RawResource, parse_resource
from mes_app.fhir.elements import child, children
from mes_app.fhir.people import decode_person
from mes_app.fhir.references import split_reference
from mes_app.store.database import Connection, Database
from mes_app.store.ids import make_id
from mes_app.store.pages import save_page
from mes_app.store.preferences import get_preference, put_preference
from mes_app.store.profiles import list_profiles, save_profile
from mes_app.store.rights import grant_profile
from mes_app.sync.api import FhirApi
from mes_app.sync.conflicts import merge_versions
from mes_app.sync.pages import Ref, make_incoming
from mes_app.sync.rights import judge_rights

_REFUSALS = (Reason.FORBIDDEN, Reason.UNKNOWN_RECORD)
_REACHED_BY = "profiles_reached_by"


async def read_profiles(
    api: FhirApi, database: Database, account: ServerAccount, now: datetime
) -> tuple[list[Profile], list[Fault]]:
    """The profiles the server shows now, the holder first, kept with their names; those it refuses are faults.

    A refusal is judged (``rights``) while the holder's own record is shown; no other failure hides or removes anything.
    """
    own, represented, faults = await _list_patients(api, account)
    former = await database.read(_list_former, api.base, account)
    reached: list[Profile] = []
    refused: list[str] = []
    for rid in dict.fromkeys(own + represented + former):
        try:
            patient = parse_resource((await api.get(f"Patient/{rid}")).body)
        except (Rejected, NotAllowed, Unreadable) as error:
            faults.append(Fault("Patient", rid, error.reason))
            refused += [rid] if error.reason in _REFUSALS else []
        else:
            reached.append(await database.write(_keep_profile, api.base, account, patient, holder=rid in own[:1]))
    if refused and (not own or any(profile.holder for profile in reached)):
        await judge_rights(api, database, refused, now)
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


def _list_former(con: Connection, base: str, account: ServerAccount) -> list[str]:
    """Patients whose profiles this account once reached: their links may be gone, not yet their right.

    Without a Person the user says whose records are wanted, and each sign-in may reach another one.
    """
    if not account.person:
        return []
    reached = get_preference(con, _REACHED_BY, {})
    known = [
        profile for profile in list_profiles(con, hidden=True) if reached.get(profile.pid) == [base, account.person]
    ]
    return [profile.rid for profile in known if profile.rid]


def _keep_profile(con: Connection, base: str, account: ServerAccount, patient: RawResource, *, holder: bool) -> Profile:
    """Name the profile of this Patient, made at its first sight, and keep the Patient as one of its records."""
    known = list_profiles(con, hidden=True)
    former = next((profile for profile in known if profile.rid == patient.id), None)
    person = decode_person(patient.body)
    profile = (former or _make_profile(patient.id, len(known))).model_copy(
        update={"name": person.name, "birth": person.birth, "sex": person.sex, "holder": holder}
    )
    if profile != former:
        save_profile(con, profile)
    for other in known if holder else ():
        if other.holder and other.is_local:  # until now nobody else held this vault
            save_profile(con, other.model_copy(update={"holder": False}))
    grant_profile(con, profile.pid)
    reached = get_preference(con, _REACHED_BY, {})
    if reached.get(profile.pid) != [base, account.person]:
        put_preference(con, _REACHED_BY, reached | {profile.pid: [base, account.person]})
    save_page(con, profile.pid, [make_incoming(patient, holder=holder)], merge=merge_versions)
    return profile.model_copy(update={"state": ProfileState.ACTIVE})


def _make_profile(rid: str, position: int) -> Profile:
    return Profile(pid=make_id(), rid=rid, position=position, colour=PALETTE[position % len(PALETTE)])
