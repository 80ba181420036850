"""Measures in a file of FHIR, from wherever: a Bundle of any type, Observations one a line (NDJSON), or one alone.

What a file says of who measured is told and not taken over: nothing in it proves that a professional said so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from mes_app.domain.measure_tables import Fault, Reading
from mes_app.domain.record import Kind, Source
from mes_app.errors import MesError, Reason, Rejected, Unreadable
from mes_app.fhir.adopting import adopt
from mes_app.fhir.answers import AUTHORS
from mes_app.fhir.authors import find_author
from mes_app.fhir.bodies import read_body, write_body
from mes_app.fhir.elements import Json, child, every, line
from mes_app.fhir.encoders import Owner
from mes_app.fhir.measures import decode_measure
from mes_app.fhir.names import reference_name
from mes_app.fhir.overviews import summarise
from mes_app.fhir.references import split_reference
from mes_app.fhir.types import SHARED_TYPES

MOST_ENTRIES = 100_000
MOST_FIGURES = 15
"""Before and after the decimal point: no measure has more, and a number of a billion figures would fill the memory."""
_OBSERVATION = "Observation"
_WRONG = frozenset({"entered-in-error", "cancelled"})
_NOT_FROM_HERE = frozenset({Source.SELF, Source.RELATIVE})


class _Entry(msgspec.Struct, gc=False):
    resource: msgspec.Raw = msgspec.Raw(b"")


class _Any(msgspec.Struct):
    resourceType: str = ""  # noqa: N815 - FHIR's own name
    id: str = ""
    entry: list[_Entry] = []


_any = msgspec.json.Decoder(_Any)


@dataclass(frozen=True)
class MeasureFile:
    """The Observations of a file as written, in their order, and what is around them.

    ``shared``: what belongs to no patient; ``patients``: whom it names.
    """

    bodies: Sequence[bytes] = field(repr=False)
    shared: dict[tuple[str, str], Json] = field(default_factory=dict, repr=False)
    patients: tuple[bytes, ...] = field(default=(), repr=False)

    def find(self, resource_type: str, rid: str) -> Json | None:
        """A shared resource; None where the file does not have it."""
        return self.shared.get((resource_type, rid))


def read_measure_file(data: bytes) -> MeasureFile:
    """Raises Unreadable: NOT_FHIR, TRUNCATED; Rejected("file", TOO_COMPLEX) beyond MOST_ENTRIES."""
    bodies: list[bytes] = []
    shared: dict[tuple[str, str], Json] = {}
    patients: list[bytes] = []
    for count, body in enumerate(_list_resources(data)):
        if count == MOST_ENTRIES:
            raise Rejected("file", Reason.TOO_COMPLEX)
        kind, rid = _identify(body)
        if kind in (_OBSERVATION, ""):
            bodies.append(body)
        elif kind in SHARED_TYPES:
            shared[kind, rid] = read_body(body)
        elif kind == "Patient":
            patients.append(body)
    return MeasureFile(bodies, shared, tuple(patients))


def read_measures(file: MeasureFile, *, holder: bool) -> Iterator[Reading | Fault | None]:
    """Each Observation, by its number in the file; None for one that is no measure. ``holder``: of the vault."""
    for number, body in enumerate(file.bodies, 1):
        try:
            yield _read_measure(file, number, body, holder=holder)
        except MesError as error:
            yield Fault(number, error.reason)


def adopt_measure(body: bytes, file: MeasureFile, owner: Owner, told: str) -> bytes:
    """The Observation as it may join the record of ``owner``, who brings it: theirs, everything else as it was.

    ``told``: who measured, in words, is added to its notes.
    """

    def rename(text: str, _node: Json) -> Json | None:
        found = split_reference(text)
        return {"reference": owner.patient} if found and found[0] == "Patient" else None

    resource = adopt(read_body(body), rename, file.find)
    resource |= {"subject": {"reference": owner.patient}, "performer": [{"reference": owner.author}]}
    if told:
        resource["note"] = [*every(resource, "note"), {"text": told}]
    return write_body(resource)


def _list_resources(data: bytes) -> Iterator[bytes]:
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        whole = _any.decode(text)
    except msgspec.DecodeError as error:
        if "trailing characters" not in str(error):
            raise Unreadable(Reason.TRUNCATED if "truncated" in str(error) else Reason.NOT_FHIR) from None
        yield from filter(None, map(bytes.strip, text.splitlines()))
        return
    if not whole.resourceType:
        raise Unreadable(Reason.NOT_FHIR)
    if whole.resourceType == "Bundle":
        yield from (bytes(entry.resource) for entry in whole.entry if bytes(entry.resource))
    else:
        yield text


def _identify(body: bytes) -> tuple[str, str]:
    """The type and id of a resource; nothing of one that cannot be read, whose fault is told with the others."""
    try:
        found = _any.decode(body)
    except msgspec.DecodeError:
        return "", ""
    return found.resourceType, found.id


def _read_measure(file: MeasureFile, number: int, body: bytes, *, holder: bool) -> Reading | Fault | None:
    resource = read_body(body)
    overview = summarise(resource, holder=holder)
    if overview.withheld:
        return Fault(number, Reason.NOT_TO_BE_SEEN)
    if line(resource.get("status")) in _WRONG:
        return Fault(number, Reason.NOT_ACCEPTED)
    if overview.kind is not Kind.MEASURES:
        return None
    measure = decode_measure(resource, file.find)
    numbers = [value for value in (measure.value, measure.value2) if value is not None]
    if any(abs(value.adjusted()) > MOST_FIGURES for value in numbers) or not (numbers or measure.text):
        return Fault(number, Reason.NOT_A_NUMBER)
    node, source = find_author(resource, *AUTHORS)
    author = reference_name(node, resource, file.find) or line(child(resource, "device").get("display"))
    return Reading(
        line=number,
        measure=measure.measure,
        title=measure.title,
        date=measure.date.text if measure.date else "",
        value=measure.value,
        value2=measure.value2,
        unit=measure.unit,
        text=measure.text or "",
        note=measure.note or "",
        origin="" if source in _NOT_FROM_HERE else author,
        body=body,
    )
