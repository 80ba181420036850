"""Practitioner, PractitionerRole, CareTeam, and the general practitioner of a Patient → professionals who follow."""

from collections.abc import Sequence

from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.sections.professionals import Professional
from mes_app.fhir.bodies import read_body
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import concept_text
from mes_app.fhir.dates import date_text
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.names import address_text, emails, own_name, phones, reference_name, short_name
from mes_app.fhir.noted_professionals import FINESS, RPPS, decode_noted, is_noted, read_number, summarise_noted
from mes_app.fhir.others import summarise_other
from mes_app.fhir.references import Refs, reference_type, references, resolve

_PROFESSIONALS = {"Practitioner", "PractitionerRole"}


def summarise_professional(resource: Json) -> Overview:
    """Title: the name. Subtitle: the speciality."""
    practitioner = short_name(child(resource, "practitioner"), resource)
    return _summarise(resource, practitioner or own_name(resource), _speciality(resource))


def summarise_care_team(resource: Json) -> Overview:
    """Title: its professionals. Subtitle: the team. A team without a professional is no line of the section."""
    if is_noted(resource):
        return summarise_noted(resource)
    people = _practitioners(resource)
    if not people:
        return summarise_other(resource)
    names = ", ".join(filter(None, (short_name(node, resource) for node in people)))
    return _summarise(resource, line(names) or own_name(resource), own_name(resource))


def decode_professional(resource: Json, refs: Refs) -> Professional:
    """A Practitioner or PractitionerRole, or one whom the person noted; of several a CareTeam is one entry."""
    if is_noted(resource):
        return decode_noted(resource, refs)
    members = _members(resource, refs)
    if len(members) > 1:
        names = line(", ".join(member.name for member in members))
        return Professional(source=Source.PROFESSIONAL, name=names, organization=own_name(resource) or None)
    return members[0] if members else _professional(resource, resource, refs)


def list_professionals(patient: bytes, care_teams: Sequence[bytes], refs: Refs) -> list[Professional]:
    """Everyone who follows the patient, each once: the general practitioner first, marked ``regular``.

    ``patient`` and ``care_teams`` are the bodies of the Patient and CareTeam resources that others wrote.
    """
    holder = read_body(patient)
    regular = [_of_reference(node, holder, refs) for node in children(holder, "generalPractitioner")]
    teams = [member for team in map(read_body, care_teams) for member in _members(team, refs)]
    everyone = [*(found.model_copy(update={"regular": True}) for found in regular), *teams]
    unique: dict[str, Professional] = {}
    for found in everyone:
        unique.setdefault(found.name, found)
    return [found for name, found in unique.items() if name]


def _summarise(resource: Json, title: str, subtitle: str) -> Overview:
    return make_overview(
        resource,
        Kind.PROFESSIONALS,
        title=title,
        subtitle=subtitle,
        date=date_text(resource, "period"),
        status=line(resource.get("status")),
        source=Source.PROFESSIONAL,
    )


def _practitioners(team: Json) -> list[Json]:
    nodes = references(team, "participant")
    return [node for node in nodes if reference_type(node, team) in _PROFESSIONALS]


def _members(team: Json, refs: Refs) -> list[Professional]:
    found = (_of_reference(node, team, refs) for node in _practitioners(team))
    return [member for member in found if member.name]


def _of_reference(node: Json, resource: Json, refs: Refs) -> Professional:
    found = _professional(resolve(node, resource, refs) or {}, resource, refs)
    return found.model_copy(update={"name": reference_name(node, resource, refs) or found.name})


def _professional(found: Json, resource: Json, refs: Refs) -> Professional:
    """A Practitioner, or a PractitionerRole completed by the Practitioner and the Organization it names."""
    practitioner = child(found, "practitioner")
    person = resolve(practitioner, resource, refs) or found
    organization = child(found, "organization")
    place = resolve(organization, resource, refs) or {}
    return Professional(
        source=Source.PROFESSIONAL,
        name=reference_name(practitioner, resource, refs) or own_name(found),
        speciality=_speciality(found) or _speciality(person) or None,
        organization=reference_name(organization, resource, refs) or None,
        phones=phones(found) or phones(person) or phones(place),
        emails=emails(found) or emails(person),
        address=address_text(person) or address_text(place),
        rpps=read_number(person, RPPS),
        finess=read_number(place, FINESS),
    )


def _speciality(resource: Json) -> str:
    qualifications = (concept_text(held.get("code")) for held in children(resource, "qualification"))
    stated = concept_text(resource.get("specialty")) or concept_text(resource.get("code"))
    return stated or next(filter(None, qualifications), "")
