"""Create, update, delete: preconditions first, then rights, then one new version.

Three rules hold everywhere. Nobody writes where they do not reach: every patient a resource names must be within reach,
before and after. Nobody writes what they then cannot read: ``check_kept`` ends every request, so that no label,
missing owner or unclaimed Binary makes a record disappear. Of a document that a professional wrote, only its
visibility is changed.
"""

from sqlalchemy import exists, select
from uuid6 import uuid7

from mes_backend.fhir.authorship import check_authorship
from mes_backend.fhir.binaries import read_body
from mes_backend.fhir.calls import Answer, Call, Work, read_tags
from mes_backend.fhir.listings import find_matches
from mes_backend.fhir.outcomes import FhirError, make_outcome
from mes_backend.fhir.parameters import SHARED, Facts, collect_facts
from mes_backend.fhir.store import Draft, Version, find_current
from mes_backend.fhir.tables import terms
from mes_backend.fhir.texts import ID, Written, read_json, write_json
from mes_backend.fhir.visibility import find_owners, find_seen
from mes_backend.rights import IDENTITY, READ_ONLY


def create(work: Work, call: Call) -> Answer:
    """POST Type, once only for one If-None-Exist."""
    (type_,) = call.path
    _check_type(type_)
    if type_ == "Patient":
        raise FhirError(403, "The administration opens records")
    if condition := call.header("if-none-exist"):
        matches = find_matches(work, type_, condition)
        if len(matches) > 1:
            raise FhirError(412, "Several resources answer If-None-Exist")
        if matches:
            return _show(call, 200, matches[0])
    draft = Draft(type_, call.new_id or str(uuid7()), "POST", read_body(call))
    return _show(call, 201, _keep(work, draft))


def update(work: Work, call: Call) -> Answer:
    """PUT Type/id: a new version, or the first one under an id that the client chose."""
    type_, rid = call.path
    _check_type(type_)
    current = _find_target(work, type_, rid)
    live = current if current and current.body else None
    _check_tags(call, live)
    written = read_body(call)
    if written.resource.get("id", rid if type_ == "Binary" else None) != rid:
        raise FhirError(400, "The id in the body is not the one of the address")
    if type_ == "Patient":
        _check_identity(live, written)
    if live:
        check_authorship(work.con, live, written)
    version = _keep(work, Draft(type_, rid, "PUT", written))
    return _show(call, 200 if live else 201, version)


def remove(work: Work, call: Call) -> Answer:
    """DELETE Type/id; again on a deleted one changes nothing."""
    type_, rid = call.path
    _check_type(type_)
    current = _find_target(work, type_, rid)
    if not current:
        raise FhirError(404, "There is no such resource")
    if type_ == "Patient":
        raise FhirError(403, "The administration closes records")
    if not current.body:
        return Answer(204, version=current)
    _check_tags(call, current)
    check_authorship(work.con, current)
    return Answer(204, version=work.keep(Draft(type_, rid, "DELETE", None)))


def check_kept(work: Work) -> None:
    """Ends a request: whoever wrote a resource can read it. FhirError 422 otherwise."""
    for version in work.kept:
        if version.body and not find_seen(work.con, work.reach, version.type, version.id):
            raise FhirError(422, "A resource that its author could not read again is not accepted")


def _check_type(type_: str) -> None:
    if type_ in READ_ONLY:
        raise FhirError(403, "Resources of this type are not written through FHIR")


def _find_target(work: Work, type_: str, rid: str) -> Version | None:
    """The current version that one may replace; None when the id is free. FhirError 404 when it is out of sight."""
    if not ID.fullmatch(rid):
        raise FhirError(400, "An id is made of 1 to 64 letters, digits, dashes and points")
    current = find_current(work.con, type_, rid)
    if not current:
        return None
    if not find_seen(work.con, work.reach, type_, rid):
        raise FhirError(404, "There is no such resource")
    owners = find_owners(work.con, current)
    if not owners or owners - work.reach.patients:
        raise FhirError(403, "This resource is shared with others")
    if type_ == "RelatedPerson" and _grants_rights(work, rid):
        raise FhirError(403, "The administration decides who represents whom")
    work.patients |= owners
    return current


def _grants_rights(work: Work, rid: str) -> bool:
    link = (terms.c.type == "Person", terms.c.name == "link", terms.c.value == rid)
    return bool(work.con.scalar(select(exists().where(*link))))


def _check_tags(call: Call, live: Version | None) -> None:
    number = str(live.version) if live else None
    wanted, unwanted = read_tags(call.header("if-match")), read_tags(call.header("if-none-match"))
    if wanted and (not live or not {number, "*"}.intersection(wanted)):
        raise FhirError(412, "The resource is not at the version of If-Match")
    if live and {number, "*"}.intersection(unwanted):
        raise FhirError(412, "The resource exists already")


def _check_identity(live: Version | None, written: Written) -> None:
    if not live:
        raise FhirError(404, "There is no such resource")
    before = read_json(live.body or "{}")
    if any(before.get(name) != written.resource.get(name) for name in IDENTITY):
        raise FhirError(422, "The administration corrects the identity of a person")


def _keep(work: Work, draft: Draft) -> Version:
    if not draft.written or draft.written.resource["resourceType"] != draft.type:
        raise FhirError(400, "The resourceType is not the one of the address")
    facts = collect_facts(draft.written.resource, draft.id)
    _check_owners(work, draft.type, facts)
    _check_binaries(work, facts)
    work.patients |= facts.patients
    return work.keep(draft)


def _check_owners(work: Work, type_: str, facts: Facts) -> None:
    if facts.patients - work.reach.patients:
        raise FhirError(404, "There is no such patient")
    if not facts.patients and type_ in SHARED:
        raise FhirError(403, "Directories are not written by patients")
    if not facts.patients and type_ != "Binary":
        raise FhirError(422, "The resource does not say whose record it belongs to")


def _check_binaries(work: Work, facts: Facts) -> None:
    """A document gives its readers the right to its Binary: only what one sees, or just wrote, can be pointed to."""
    fresh = {version.id for version in work.kept if version.type == "Binary"}
    for term in facts.terms:
        if term.name == "binary" and term.value not in fresh:
            seen = find_seen(work.con, work.reach, "Binary", term.value)
            if not seen:
                raise FhirError(422, "The document points to a Binary that does not exist")


def _show(call: Call, status: int, version: Version) -> Answer:
    if call.prefers("return=minimal"):
        return Answer(status, version=version)
    if call.prefers("return=OperationOutcome"):
        return Answer(status, write_json(make_outcome(200, "Done")), version)
    return Answer(status, version.body or "", version)
