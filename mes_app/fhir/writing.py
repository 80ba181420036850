"""Write values into FHIR JSON, in place, where ``dates``, ``concepts``, ``authors`` and ``names`` read them.

Never writes an empty element: FHIR has none. What an element says besides the value stays where it still holds.
"""

from collections.abc import Sequence

from mes_app.domain.record import Entry
from mes_app.domain.values import Coded, PartialDate, Precision
from mes_app.fhir.concepts import code_of, concept_text
from mes_app.fhir.dates import EXACT, GIVEN, instant_text
from mes_app.fhir.elements import Json, child, children

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
ABSENT: Json = {
    "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
}
"""In place of a value that FHIR requires and nobody knows."""


def put(node: Json, name: str, value: object) -> None:
    """``value`` under ``name``; None or empty removes it. Extensions of a value that is replaced go with it."""
    empty = value in (None, "", [], {})
    if empty or node.get(name) != value:
        node.pop(f"_{name}", None)
        node.pop(name, None)
    if not empty:
        node[name] = value


def put_choice(node: Json, name: str, form: str, value: object) -> None:
    """``value`` as the one form of the element ``name[x]``, such as ``onset`` ``DateTime``; None removes every form."""
    chosen = f"{name}{form}"
    for key in [key for key in node if _is_form(key, name) and key.removeprefix("_") != chosen]:
        del node[key]
    put(node, chosen, value)


def put_date(node: Json, name: str, date: PartialDate | None) -> None:
    """A date as ``name[x]``: the start of the Period that is there, else a dateTime."""
    period = child(node, f"{name}Period")
    if date and period:
        put(period, "start", date.text)
    else:
        put_choice(node, name, "DateTime", date and date.text)


def put_period(node: Json, name: str, start: PartialDate | None, end: PartialDate | None) -> None:
    """Two dates as ``name[x]``: a Period where there is an end, or was one; else a dateTime."""
    period = child(node, f"{name}Period")
    if not end and not period:
        put_choice(node, name, "DateTime", start and start.text)
        return
    _put_bounds(period, start.text if start else "", end.text if end else "")
    put_choice(node, name, "Period", period)


def put_end(node: Json, name: str, end: PartialDate | None) -> None:
    """A date as ``name[x]``: the end of the Period that is there, else a dateTime."""
    period = child(node, f"{name}Period")
    if end and period:
        put(period, "end", end.text)
    else:
        put_choice(node, name, "DateTime", end and end.text)


def put_instant(node: Json, name: str, date: PartialDate | None, otherwise: PartialDate | None = None) -> None:
    """A date where FHIR wants an instant: its first moment, and beside it what was given where that is less.

    Without one, that of ``otherwise``.
    """
    put(node, name, instant_text(date or otherwise))
    is_partial = date is not None and date.precision is not Precision.TIME
    _put_beside(node, name, GIVEN, date.text if date and is_partial else "")


def put_note(resource: Json, entry: Entry) -> None:
    """The note of ``entry`` in place of every comment: the person saw them as one text."""
    resource.pop("comment", None)
    first = child(resource, "note")
    put(first, "text", entry.note)
    put(resource, "note", [first] if entry.note else None)


def write_concept(coded: Coded, former: Json | None = None) -> Json:
    """A CodeableConcept: ``former`` in other words where it has the same code, else a new one."""
    if former and coded.code and code_of(former) == coded.code:
        return {**former, "text": coded.text}
    coding = {name: value for name, value in (("system", coded.system), ("code", coded.code)) if value}
    return ({"coding": [coding]} if coded.code else {}) | {"text": coded.text}


def put_concepts(nodes: list[Json], name: str, texts: Sequence[str]) -> None:
    """``texts`` as the concepts under ``name`` of ``nodes``, in their order: those that say them stay in their node.

    New ones join the first node, which there must be one of where there are texts.
    """
    said = {concept_text(concept) for node in nodes for concept in children(node, name)}
    new = [{"text": text} for text in texts if text not in said]
    for node in nodes:
        kept = [concept for concept in children(node, name) if concept_text(concept) in texts]
        put(node, name, sorted([*kept, *new], key=lambda concept: texts.index(concept_text(concept))))
        new = []


def put_status(resource: Json, table: str, code: str) -> None:
    """``clinicalStatus``, a code of one of HL7's own tables; one that cannot be stated leaves the former one."""
    if code not in (code_of(child(resource, "clinicalStatus")), "unknown"):
        put(resource, "clinicalStatus", write_code(table, code))


def write_code(table: str, code: str) -> Json:
    """A CodeableConcept that is a code of one of HL7's own tables."""
    return {"coding": [{"system": f"{TERMINOLOGY}/{table}", "code": code}]}


def date_element(name: str, date: PartialDate | None) -> Json:
    """The element ``name`` of a new resource, or nothing."""
    return {name: date.text} if date else {}


def _put_bounds(period: Json, start: str, end: str) -> None:
    """FHIR compares no month with its year (per-1): both are written as the year, and the month beside its bound."""
    alike = start and end and (start.startswith(end) or end.startswith(start))
    known = min(len(start), len(end)) if alike else None
    for side, text in (("start", start), ("end", end)):
        put(period, side, text[:known])
        _put_beside(period, side, EXACT, text if text[:known] != text else "")


def _put_beside(node: Json, name: str, url: str, text: str) -> None:
    """``text`` as our extension ``url`` of the element ``name``; empty removes it, and the others stay."""
    beside = child(node, f"_{name}")
    others = [each for each in children(beside, "extension") if each.get("url") != url]
    put(beside, "extension", [*others, {"url": url, "valueDateTime": text}] if text else others)
    put(node, f"_{name}", beside)


def _is_form(key: str, name: str) -> bool:
    rest = key.removeprefix("_").removeprefix(name)
    return rest != key.removeprefix("_") and rest[:1].isupper()
