"""CareTeam of one ⇄ a professional whom the person notes: who it is stands inside it, for no register vouches for them.

A CareTeam of others, and whomever they name, is only read: ``professionals``.
"""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.professionals import Professional
from mes_app.domain.vocabularies import make_coded
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import codes, concept_text
from mes_app.fhir.contact_points import put_address, put_emails, put_name, put_phones
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner, tell_origin
from mes_app.fhir.names import address_text, emails, phones, titled_name
from mes_app.fhir.references import Refs, find_contained
from mes_app.fhir.writing import put, put_note, write_concept

RPPS = "https://rpps.esante.gouv.fr"
FINESS = "https://finess.esante.gouv.fr"
_NATIONAL = {RPPS: ("urn:oid:1.2.250.1.71.4.2.1", "8"), FINESS: ("urn:oid:1.2.250.1.71.4.2.2", "1")}
"""The same number in the system of all professionals, or of all places of care, and what stands before it there."""

_REGULAR = "PCP"
_PERSON, _PLACE = "professional", "organization"


def is_noted(resource: Json) -> bool:
    """Whether it is a CareTeam of one professional who stands inside it, where they work too."""
    members = children(resource, "participant")
    if resource.get("resourceType") != "CareTeam" or len(members) != 1:
        return False
    if _find_inside(resource, "member", "Practitioner") is None:
        return False
    place = child(members[0], "onBehalfOf")
    return bool(_find_inside(resource, "onBehalfOf", "Organization") if place else not _is_taken(resource))


def summarise_noted(resource: Json) -> Overview:
    """Title: the name. Subtitle: the speciality."""
    person = _find_person(resource)
    return make_overview(
        resource,
        Kind.PROFESSIONALS,
        title=titled_name(person),
        subtitle=_read_speciality(person),
        status=line(resource.get("status")),
        source=find_author(resource)[1],
    )


def decode_noted(resource: Json, refs: Refs) -> Professional:
    """The professional of a resource that ``is_noted``."""
    person, place = _find_person(resource), _find_inside(resource, "onBehalfOf", "Organization") or {}
    return Professional(
        name=titled_name(person),
        speciality=_read_speciality(person) or None,
        organization=line(place.get("name")) or None,
        phones=phones(person),
        emails=emails(person),
        address=address_text(person),
        rpps=read_number(person, RPPS),
        finess=read_number(place, FINESS),
        regular=any(_REGULAR in codes(role) for role in children(child(resource, "participant"), "role")),
        **entry_facts(resource, refs),
    )


def read_number(resource: Json, system: str) -> str | None:
    """The number of a professional (RPPS) or of a place of care (FINESS); None without one."""
    national, prefix = _NATIONAL[system]
    said = [(each.get("system"), line(each.get("value"))) for each in children(resource, "identifier")]
    own = [value for found, value in said if found == system and value]
    others = [value.removeprefix(prefix) for found, value in said if found == national and value.startswith(prefix)]
    return next(filter(None, [*own, *others]), None)


def _find_inside(resource: Json, name: str, wanted: str) -> Json | None:
    inside = find_contained(child(child(resource, "participant"), name), resource)
    return inside if inside and inside.get("resourceType") == wanted else None


def _is_taken(resource: Json) -> bool:
    """Whether something else stands where an organization would be put."""
    return find_contained({"reference": f"#{_PLACE}"}, resource) is not None


def _find_person(resource: Json) -> Json:
    return _find_inside(resource, "member", "Practitioner") or {}


def _read_speciality(person: Json) -> str:
    return next(filter(None, (concept_text(held.get("code")) for held in children(person, "qualification"))), "")


def _begin(_professional: Professional, owner: Owner) -> Json:
    return {
        "resourceType": "CareTeam",
        **tell_origin(owner),
        "contained": [{"resourceType": "Practitioner", "id": _PERSON}],
        "status": "active",
        "subject": {"reference": owner.patient},
        "participant": [{"member": {"reference": f"#{_PERSON}"}}],
    }


def _put_name(resource: Json, entry: Professional) -> None:
    """Also beside the reference, for those who do not look inside."""
    put_name(_find_person(resource), entry.name)
    put(child(child(resource, "participant"), "member"), "display", entry.name)


def _put_speciality(resource: Json, entry: Professional) -> None:
    stated = [{"code": {"text": entry.speciality}}] if entry.speciality else []
    put(_find_person(resource), "qualification", stated)


def _put_phones(resource: Json, entry: Professional) -> None:
    put_phones(_find_person(resource), entry.phones)


def _put_emails(resource: Json, entry: Professional) -> None:
    put_emails(_find_person(resource), entry.emails)


def _put_address(resource: Json, entry: Professional) -> None:
    put_address(_find_person(resource), entry.address)


def _put_rpps(resource: Json, entry: Professional) -> None:
    _put_number(_find_person(resource), RPPS, entry.rpps)


def _put_place(resource: Json, entry: Professional) -> None:
    """Where they work, which goes once it has neither name nor number."""
    member = child(resource, "participant")
    place = _find_inside(resource, "onBehalfOf", "Organization")
    if not (entry.organization or entry.finess):
        member.pop("onBehalfOf", None)
        put(resource, "contained", [inside for inside in children(resource, "contained") if inside is not place])
        return
    if place is None:
        place = {"resourceType": "Organization", "id": _PLACE}
        put(resource, "contained", [place, *children(resource, "contained")])
        member["onBehalfOf"] = {"reference": f"#{_PLACE}"}
    put(place, "name", entry.organization)
    put(child(member, "onBehalfOf"), "display", entry.organization)
    _put_number(place, FINESS, entry.finess)


def _put_number(node: Json, system: str, number: str | None) -> None:
    national, prefix = _NATIONAL[system]
    others = [
        each
        for each in children(node, "identifier")
        if each.get("system") != system
        and not (each.get("system") == national and line(each.get("value")).startswith(prefix))
    ]
    put(node, "identifier", [*([{"system": system, "value": number}] if number else []), *others])


def _put_regular(resource: Json, entry: Professional) -> None:
    member = child(resource, "participant")
    others = [role for role in children(member, "role") if _REGULAR not in codes(role)]
    put(
        member,
        "role",
        [*([write_concept(make_coded(Kind.PROFESSIONALS, "role", _REGULAR))] if entry.regular else []), *others],
    )


PROFESSIONAL_ENCODER = Encoder(
    "CareTeam",
    _begin,
    {
        ("name",): _put_name,
        ("speciality",): _put_speciality,
        ("organization", "finess"): _put_place,
        ("phones",): _put_phones,
        ("emails",): _put_emails,
        ("address",): _put_address,
        ("rpps",): _put_rpps,
        ("regular",): _put_regular,
        ("note",): put_note,
    },
    is_noted,
)
