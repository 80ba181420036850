"""RelatedPerson ⇄ the people around."""

from mes_app.domain.record import Kind, Overview
from mes_app.domain.sections.contacts import Contact
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, read_coded, read_coded_list
from mes_app.fhir.contact_points import put_address, put_emails, put_name, put_phones
from mes_app.fhir.dates import date_text
from mes_app.fhir.elements import Json, child, children, line
from mes_app.fhir.encoders import Encoder, Owner, tell_origin
from mes_app.fhir.names import address_text, emails, person_name, phones
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, write_concept


def summarise_contact(resource: Json) -> Overview:
    """Title: the name. Subtitle: who this person is for the patient."""
    roles = read_coded_list(resource, "relationship")
    return make_overview(
        resource,
        Kind.CONTACTS,
        title=person_name(resource),
        subtitle=line(", ".join(role.text for role in roles)),
        date=date_text(resource, "period"),
        code=code_of(child(resource, "relationship")),
        status="inactive" if resource.get("active") is False else "active",
        source=find_author(resource)[1],
    )


def decode_contact(resource: Json, refs: Refs) -> Contact:
    """One person around."""
    return Contact(
        name=person_name(resource),
        roles=read_coded_list(resource, "relationship"),
        phones=phones(resource),
        emails=emails(resource),
        address=address_text(resource),
        **entry_facts(resource, refs),
    )


def _begin(_contact: Contact, owner: Owner) -> Json:
    return {
        "resourceType": "RelatedPerson",
        **tell_origin(owner),
        "active": True,
        "patient": {"reference": owner.patient},
    }


def _put_name(resource: Json, entry: Contact) -> None:
    put_name(resource, entry.name)


def _put_roles(resource: Json, entry: Contact) -> None:
    """Each role in the concept that says it already, else in a new one."""
    concepts = children(resource, "relationship")
    known = {read_coded(concept): concept for concept in reversed(concepts)}
    put(resource, "relationship", [known.get(role) or write_concept(role) for role in entry.roles])


def _put_phones(resource: Json, entry: Contact) -> None:
    put_phones(resource, entry.phones)


def _put_emails(resource: Json, entry: Contact) -> None:
    put_emails(resource, entry.emails)


def _put_address(resource: Json, entry: Contact) -> None:
    put_address(resource, entry.address)


CONTACT_ENCODER = Encoder(
    "RelatedPerson",
    _begin,
    {
        ("name",): _put_name,
        ("roles",): _put_roles,
        ("phones",): _put_phones,
        ("emails",): _put_emails,
        ("address",): _put_address,
    },
)
