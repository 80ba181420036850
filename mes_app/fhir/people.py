"""Patient and Person ⇄ the people whose records these are, and how they are reached."""

from collections.abc import Callable

from mes_app.domain.contact_details import FRANCE, ContactDetails
from mes_app.domain.identity import is_nir
from mes_app.domain.newcomers import Newcomer
from mes_app.domain.people import Person, Sex
from mes_app.domain.record import Kind, Overview
from mes_app.errors import NotAllowed, Reason
from mes_app.fhir.authors import entry_facts
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.choices import choose
from mes_app.fhir.columns import make_overview
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, lines
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import address_text, choose_name, emails, person_name, phones
from mes_app.fhir.references import Refs, find_nowhere
from mes_app.fhir.writing import put

INS_SYSTEMS = tuple(f"urn:oid:1.2.250.1.213.1.4.{arc}" for arc in (8, 9, 10, 11))
"""INS-NIR, INS-NIA, then the identifiers of tests and of demonstrations."""
_FRENCH = {"FR", "FRA"}


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


def encode_newcomer(newcomer: Newcomer, former: bytes | None = None) -> bytes:
    """The Patient that a newcomer is: a new one, or ``former`` under another name, in use and not official.

    Their number is under no system: that of the INS is for a number that was verified.
    """
    resource = read_body(former) if former else {"resourceType": "Patient"}
    name = {"use": "usual", "family": newcomer.family_name, "given": [newcomer.first_name]}
    put(resource, "name", [name])
    put(resource, "gender", None if newcomer.sex is Sex.UNKNOWN else newcomer.sex.value)
    put(resource, "birthDate", newcomer.birth.text)
    if newcomer.nir != _nir(resource):
        others = [one for one in children(resource, "identifier") if line(one.get("value")) != _nir(resource)]
        put(resource, "identifier", [*([{"value": newcomer.nir}] if newcomer.nir else []), *others])
    return write_body(resource)


def decode_name(body: bytes) -> tuple[str, str]:
    """First name and family name in use, each empty where it is not told."""
    name = choose_name(read_body(body))
    return next(lines(name, "given"), ""), line(name.get("family"))


def decode_details(resource: Json, refs: Refs) -> ContactDetails:
    """How the subject of a Patient or Person resource is reached."""
    address = child(resource, "address")
    street = "\n".join(lines(address, "line"))
    known = street or address.get("city") or address.get("postalCode")
    country = line(address.get("country"))
    return ContactDetails(
        phone=_value(_find_phone(resource)),
        mobile=_value(_find_mobile(resource)),
        email=_value(_find_email(resource)),
        street=street or (None if known else line(address.get("text")) or None),
        postcode=line(address.get("postalCode")) or None,
        city=line(address.get("city")) or None,
        country=(FRANCE if country.upper() in _FRENCH else country) or None,
        **entry_facts(resource, refs),
    )


def _begin(_details: ContactDetails, _owner: Owner) -> Json:
    """Whose records there are is decided elsewhere."""
    raise NotAllowed(Reason.NOT_YOURS)


def _put_phone(resource: Json, entry: ContactDetails) -> None:
    _put_point(resource, _find_phone(resource), {"system": "phone", "use": "home"}, entry.phone)


def _put_mobile(resource: Json, entry: ContactDetails) -> None:
    _put_point(resource, _find_mobile(resource), {"system": "phone", "use": "mobile"}, entry.mobile)


def _put_email(resource: Json, entry: ContactDetails) -> None:
    _put_point(resource, _find_email(resource), {"system": "email", "use": "home"}, entry.email)


def _put_point(resource: Json, former: Json, model: Json, value: str | None) -> None:
    """``value`` in the place of ``former``, or at the end; all other points stay."""
    points = children(resource, "telecom")
    if value and former:
        former.setdefault("use", model["use"])  # another number may not tell what it is by how it begins
        put(former, "value", value)
    elif value:
        put(resource, "telecom", [*points, {**model, "value": value}])
    else:
        put(resource, "telecom", [point for point in points if point is not former])


def _put_address(resource: Json, entry: ContactDetails) -> None:
    """The first address, part by part; its text would contradict them. Without any part it goes."""
    said, first = decode_details(resource, find_nowhere), child(resource, "address")
    others = [address for address in children(resource, "address") if address is not first]
    if entry.street != said.street or "line" not in first:
        put(first, "line", (entry.street or "").splitlines())
    if entry.city != said.city:
        put(first, "district", None)
        put(first, "state", None)
    for name, element in (("postcode", "postalCode"), ("city", "city"), ("country", "country")):
        if getattr(entry, name) != getattr(said, name):
            put(first, element, getattr(entry, name))
    put(first, "text", None)
    filled = entry.street or entry.postcode or entry.city or entry.country
    put(resource, "address", [first, *others] if filled else others)


DETAILS_ENCODER: Encoder[ContactDetails] = Encoder(
    "Patient",
    _begin,
    {
        ("phone",): _put_phone,
        ("mobile",): _put_mobile,
        ("email",): _put_email,
        ("street", "postcode", "city", "country"): _put_address,
    },
)
"""Nothing of who the person is: that was verified."""


def _find_phone(resource: Json) -> Json:
    return _find_point(resource, lambda point: point.get("system") == "phone" and not _is_mobile(point))


def _find_mobile(resource: Json) -> Json:
    return _find_point(resource, _is_mobile)


def _is_mobile(point: Json) -> bool:
    """Whether the point says so; where it does not, a French number tells by how it begins."""
    if point.get("system") != "phone":
        return point.get("system") == "sms"
    if "use" in point:
        return point.get("use") == "mobile"
    figures = line(point.get("value")).replace(" ", "").replace("+33", "0", 1)
    return figures.startswith(("06", "07"))


def _find_email(resource: Json) -> Json:
    return _find_point(resource, lambda point: point.get("system") == "email")


def _find_point(resource: Json, is_wanted: Callable[[Json], bool]) -> Json:
    """The first contact point in use that is wanted; empty where there is none."""
    points = (point for point in children(resource, "telecom") if point.get("use") != "old" and _value(point))
    return next(filter(is_wanted, points), {})


def _value(point: Json) -> str | None:
    return line(point.get("value")) or None


def _name(resource: Json, use: str) -> Json:
    return next((name for name in children(resource, "name") if name.get("use") == use), {})


def _nir(resource: Json) -> str | None:
    """The matricule under an INS system; else any identifier that is a NIR by its key."""
    values = {line(item.get("system")): line(item.get("value")) for item in children(resource, "identifier")}
    stated = (values[system] for system in INS_SYSTEMS if values.get(system))
    return next(stated, None) or next(filter(is_nir, values.values()), None)
