"""Names, telephone numbers and addresses as a person reads them, and the name of whatever a Reference points to."""

from mes_app.fhir.concepts import concept_text
from mes_app.fhir.elements import Json, child, children, line, lines
from mes_app.fhir.references import Refs, find_nowhere, resolve

_USES = ("usual", "official")
_FORMER = ("old", "maiden")
PHONES = ("phone", "sms")


def choose_name(resource: Json) -> Json:
    """The HumanName in use today: usual before official before any other that is not a former one."""
    names = children(resource, "name")
    current = [name for name in names if name.get("use") not in _FORMER] or names
    ranked = sorted(current, key=lambda name: _USES.index(name["use"]) if name.get("use") in _USES else len(_USES))
    return ranked[0] if ranked else {}


def person_name(resource: Json) -> str:
    """First name then family name of the name in use; its text where these are missing."""
    name = choose_name(resource)
    given = next(lines(name, "given"), "")
    return line(f"{given} {line(name.get('family'))}") or line(name.get("text"))


def titled_name(resource: Json) -> str:
    """The name with its prefix (Dr…), as professionals are called."""
    name = choose_name(resource)
    return line(f"{next(lines(name, 'prefix'), '')} {person_name(resource)}")


def telecoms(resource: Json, *systems: str) -> tuple[str, ...]:
    """The values of the contact points of these systems, in the resource's order, each once."""
    points = (point for point in children(resource, "telecom") if point.get("system") in systems)
    return tuple(dict.fromkeys(filter(None, (line(point.get("value")) for point in points))))


def phones(resource: Json) -> tuple[str, ...]:
    """Telephone numbers, mobile ones too; no fax."""
    return telecoms(resource, *PHONES)


def emails(resource: Json) -> tuple[str, ...]:
    """Mail addresses."""
    return telecoms(resource, "email")


def address_text(resource: Json) -> str | None:
    """The first address, on one line."""
    address = child(resource, "address")
    town = line(f"{line(address.get('postalCode'))} {line(address.get('city'))}")
    return line(address.get("text")) or line(", ".join(filter(None, [*lines(address, "line"), town]))) or None


def short_name(node: Json, resource: Json) -> str:
    """What a Reference is called, from the resource alone: what lists show."""
    return reference_name(node, resource, find_nowhere)


def reference_name(node: Json, resource: Json, refs: Refs) -> str:
    """What a Reference is called: its own words, else the name of the resource it points to."""
    if display := line(node.get("display")):
        return display
    target = resolve(node, resource, refs)
    if target is None:
        return ""
    person = child(target, "practitioner")
    return _practitioner_name(person, resource, refs) or own_name(target)


def own_name(resource: Json) -> str:
    """What a resource of any type calls itself."""
    return (
        line(resource.get("name"))
        or titled_name(resource)
        or concept_text(resource.get("code"))
        or line(child(resource, "deviceName").get("name"))
    )


def _practitioner_name(person: Json, resource: Json, refs: Refs) -> str:
    """The name behind a PractitionerRole: one step and no further."""
    return line(person.get("display")) or own_name(resolve(person, resource, refs) or {})
