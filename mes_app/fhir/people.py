"""Patient and Person ⇄ the people whose records these are."""

from mes_app.domain.identity import is_nir
from mes_app.domain.people import Person, Sex
from mes_app.domain.record import Kind, Overview
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.choices import choose
from mes_app.fhir.columns import make_overview
from mes_app.fhir.contact_points import put_address, put_emails, put_phones
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, children, line, lines
from mes_app.fhir.names import address_text, emails, person_name, phones

INS_SYSTEMS = tuple(f"urn:oid:1.2.250.1.213.1.4.{arc}" for arc in (8, 9, 10, 11))
"""INS-NIR, INS-NIA, then the identifiers of tests and of demonstrations."""


def summarise_person(resource: Json) -> Overview:
    """Title: the name. Nothing that identifies further is kept beside the body."""
    return make_overview(resource, Kind.PEOPLE, title=person_name(resource), date=date_text(resource, "birthDate"))


def decode_person(body: bytes) -> Person:
    """What a Patient or Person resource says of its subject. Raises Unreadable when ``body`` is not a resource."""
    resource = read_body(body)
    official = _name(resource, "official")
    return Person(
        name=person_name(resource),
        first_names=" ".join(lines(official, "given")),
        birth_name=line((_name(resource, "maiden") or official).get("family")),
        birth=read_date(resource, "birthDate"),
        sex=choose(Sex, resource.get("gender")) or Sex.UNKNOWN,
        nir=_nir(resource),
        address=address_text(resource),
        phones=phones(resource),
        emails=emails(resource),
    )


def encode_person(person: Person, body: bytes) -> bytes:
    """The Patient ``body`` with how ``person`` is reached. Who a person is was verified: it is never written.

    Raises Unreadable when ``body`` is not a resource.
    """
    resource = read_body(body)
    if person.phones != phones(resource):
        put_phones(resource, person.phones)
    if person.emails != emails(resource):
        put_emails(resource, person.emails)
    if person.address != address_text(resource):
        put_address(resource, person.address)
    return write_body(resource)


def _name(resource: Json, use: str) -> Json:
    return next((name for name in children(resource, "name") if name.get("use") == use), {})


def _nir(resource: Json) -> str | None:
    """The matricule under an INS system; else any identifier that is a NIR by its key."""
    values = {line(item.get("system")): line(item.get("value")) for item in children(resource, "identifier")}
    stated = (values[system] for system in INS_SYSTEMS if values.get(system))
    return next(stated, None) or next(filter(is_nir, values.values()), None)
