"""Appointment ⇄ the agenda."""

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.record import Kind, Overview
from mes_app.domain.values import PartialDate
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.choices import choose_status
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import date_text, given_text, read_date
from mes_app.fhir.elements import Json, child, children, line, paragraph
from mes_app.fhir.encoders import Encoder, Owner, tell_origin
from mes_app.fhir.names import reference_name, short_name
from mes_app.fhir.references import Refs, reference_type, references
from mes_app.fhir.writing import date_element, put, put_instant

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
        date=_start(resource),
        code=code_of(child(resource, "serviceType")),
        status=_status(resource),
        source=find_author(resource)[1],
    )


def decode_appointment(resource: Json, refs: Refs) -> Appointment:
    """One appointment."""
    practitioner, place = (reference_name(node, resource, refs) or None for node in _participants(resource))
    return Appointment(
        title=_title(resource) or practitioner or "",
        start=PartialDate(text=start) if (start := _start(resource)) else None,
        end=_end(resource),
        status=_status(resource),
        practitioner=practitioner,
        place=place,
        description=paragraph(resource.get("patientInstruction")) or None,
        **entry_facts(resource, refs, recorded=read_date(resource, "created")),
    )


def _start(resource: Json) -> str:
    return given_text(resource, "start") or date_text(resource, "requestedPeriod")


def _end(resource: Json) -> PartialDate | None:
    """An end that is the start says nothing: FHIR wants one even where nobody knows it."""
    end = given_text(resource, "end")
    return PartialDate(text=end) if end and end != resource.get("start") else None


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


def _begin(entry: Appointment, owner: Owner) -> Json:
    return {
        "resourceType": "Appointment",
        **tell_origin(owner),
        "status": AppointmentStatus.BOOKED.value,
        "participant": [_participant({"reference": owner.patient})],
    } | date_element("created", entry.recorded)


def _participant(actor: Json) -> Json:
    return {"actor": actor, "status": "accepted"}


def _put_title(resource: Json, entry: Appointment) -> None:
    """What for, where with whom does not say it."""
    if entry.title != (_title(resource) or entry.practitioner):
        put(resource, "description", entry.title)


def _put_practitioner(resource: Json, entry: Appointment) -> None:
    _put_participant(resource, _participants(resource)[0], "Practitioner", entry.practitioner)


def _put_place(resource: Json, entry: Appointment) -> None:
    _put_participant(resource, _participants(resource)[1], "Location", entry.place)


def _put_participant(resource: Json, former: Json, kind: str, name: str | None) -> None:
    """``name`` in place of the actor ``former``: a person typed it, so it points to nothing."""
    everyone = children(resource, "participant")
    others = [item for item in everyone if not former or child(item, "actor") is not former]
    put(resource, "participant", others + ([_participant({"type": kind, "display": name})] if name else []))


def _put_times(resource: Json, entry: Appointment) -> None:
    """Both or none, and whole, as FHIR wants them: an end that nobody knows is the start."""
    put_instant(resource, "start", entry.start)
    put_instant(resource, "end", entry.end, entry.start)
    put(resource, "minutesDuration", None)


def _put_status(resource: Json, entry: Appointment) -> None:
    if entry.status is not AppointmentStatus.UNKNOWN:
        put(resource, "status", entry.status.value)


def _put_description(resource: Json, entry: Appointment) -> None:
    put(resource, "patientInstruction", entry.description)


def _put_note(resource: Json, entry: Appointment) -> None:
    put(resource, "comment", entry.note)


APPOINTMENT_ENCODER = Encoder(
    "Appointment",
    _begin,
    {
        ("practitioner",): _put_practitioner,
        ("title", "practitioner"): _put_title,
        ("place",): _put_place,
        ("start", "end"): _put_times,
        ("status",): _put_status,
        ("description",): _put_description,
        ("note",): _put_note,
    },
)
