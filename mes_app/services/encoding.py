"""Write records for the store: the value that a screen made, encoded in the name of who types it."""

from dataclasses import replace

from mes_app.domain.people import Profile
from mes_app.domain.record import Entry, Kind, Source
from mes_app.domain.sections.pages import Page
from mes_app.domain.values import PARIS, PartialDate
from mes_app.errors import Reason, Rejected
from mes_app.fhir.bodies import read_body
from mes_app.fhir.codec import encode
from mes_app.fhir.elements import child, children
from mes_app.fhir.encoders import Owner
from mes_app.fhir.overviews import summarise
from mes_app.fhir.references import split_reference
from mes_app.services.decoding import make_refs
from mes_app.store.database import Connection
from mes_app.store.edits import When, Written
from mes_app.store.ids import make_id
from mes_app.store.profiles import list_profiles
from mes_app.store.records import find_record


def encode_entry(con: Connection, pid: str, kind: Kind, entry: Entry, former: bytes | None = None) -> Written:
    """What to write for ``entry`` in the record of a person; with ``former`` (a body), what it says besides is kept.

    Raises Rejected("profile", UNKNOWN_RECORD), NotAllowed(NOT_YOURS) for a ``former`` that only others write.
    """
    return describe_body(con, pid, encode(kind, entry, find_owner(con, pid), former, refs=make_refs(con)))


def encode_new(con: Connection, pid: str, kind: Kind, entry: Entry, when: When) -> Written:
    """What to write for a new ``entry``, recorded at that moment. Raises as ``encode_entry``."""
    named = {"unique_id": entry.unique_id or f"urn:uuid:{make_id()}"} if isinstance(entry, Page) else {}
    return encode_entry(con, pid, kind, entry.model_copy(update={"recorded": tell_recorded(when), **named}))


def tell_recorded(when: When) -> PartialDate:
    """The moment at which a new entry is recorded."""
    return PartialDate(text=when.at.astimezone(PARIS).isoformat(timespec="seconds"))


def describe_body(con: Connection, pid: str, body: bytes) -> Written:
    """What to write for a body that is already encoded."""
    return describe_body_of(find_profile(con, pid), body)


def describe_body_of(profile: Profile, body: bytes) -> Written:
    """The same, for who has the profile at hand."""
    resource = read_body(body)
    overview = summarise(resource, holder=profile.holder)
    if profile.is_local and overview.source is Source.UNKNOWN:  # its author has no type yet, being nowhere but here
        overview = replace(overview, source=Source.SELF if profile.holder else Source.RELATIVE)
    return Written(type=resource["resourceType"], body=body, overview=overview)


def find_profile(con: Connection, pid: str) -> Profile:
    """Raises Rejected("profile", UNKNOWN_RECORD)."""
    for profile in list_profiles(con):
        if profile.pid == pid:
            return profile
    raise Rejected("profile", Reason.UNKNOWN_RECORD)


def find_owner(con: Connection, pid: str) -> Owner:
    """Whose record it is, and the holder of the vault, who types; to a server only somebody whom it knows does.

    Raises Rejected("profile", UNKNOWN_RECORD).
    """
    profile = find_profile(con, pid)
    known = (found for found in list_profiles(con) if profile.is_local or not found.is_local)
    holder = next((found for found in known if found.holder), profile)
    author = None if profile == holder else _find_relation(con, profile, holder)
    return Owner(patient=profile.address, author=author or holder.address)


def _find_relation(con: Connection, represented: Profile, holder: Profile) -> str | None:
    """The holder as the record of ``represented`` knows them: the RelatedPerson that is the same human being."""
    patient = find_record(con, holder.pid, "Patient", holder.rid or "")
    links = children(read_body(patient.body), "link") if patient else []
    for found in (split_reference(child(link, "other").get("reference")) for link in links):
        if found and found[0] == "RelatedPerson" and find_record(con, represented.pid, *found):
            return "/".join(found)
    return None
