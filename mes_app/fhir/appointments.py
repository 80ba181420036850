"""Appointment ⇄ the agenda."""

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.record import Kind, Overview
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, line, paragraph
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.references import Refs, reference_type, references

_TITLES = ("serviceType", "appointmentType", "specialty", "reasonCode")
_PEOPLE = ("Practitioner", "PractitionerRole", "Organization", "HealthcareService")


def summarise_appointment(resource: Json) -> Overview:
    """Title: what for. Subtitle: with whom, else where."""
    practitioner, place = (short_name(node, resource) for node in _participants(resource))
    return make_overview(
        resource,
        Kind.APPOINTMENTS,
        title=_title(resource) or practitioner,
        subtitle=practitioner or place,
        date=date_text(resource, "start", "requestedPeriod"),
        code=code_of(child(resource, "serviceType")),
        status=_status(resource),
        source=find_author(resource)[1],
    )


def decode_appointment(resource: Json, refs: Refs) -> Appointment:
    """One appointment."""
    practitioner, place = (reference_name(node, resource, refs) or None for node in _participants(resource))
    return Appointment(
        title=_title(resource) or practitioner or "",
        start=read_date(resource, "start", "requestedPeriod"),
        end=read_date(resource, "end"),
        status=_status(resource),
        practitioner=practitioner,
        place=place,
        description=paragraph(resource.get("patientInstruction")) or None,
        **entry_facts(resource, refs, recorded=read_date(resource, "created")),
    )


def _status(resource: Json) -> AppointmentStatus:
    return choose_status(AppointmentStatus, resource.get("status"), AppointmentStatus.UNKNOWN)


def _title(resource: Json) -> str:
    texts = (concept_text(resource.get(name)) for name in _TITLES)
    return line(resource.get("description")) or next(filter(None, texts), "")


def _participants(resource: Json) -> tuple[Json, Json]:
    """The References of the professional and of the place."""
    nodes = references(resource, "participant")
    of_type = {reference_type(node, resource): node for node in reversed(nodes)}
    people = (of_type[name] for name in _PEOPLE if name in of_type)
    return next(people, {}), of_type.get("Location", {})
