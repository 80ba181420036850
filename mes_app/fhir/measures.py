"""Observation ⇄ measures: one number, or the two of a blood pressure."""

from dataclasses import replace
from decimal import Decimal

from mes_app.domain.laboratory import Range
from mes_app.domain.measure_types import CODE_OF_MEASURE, DIASTOLIC, MEASURE_OF_CODE, SYSTOLIC, MeasureType
from mes_app.domain.record import Kind, Overview, Source
from mes_app.domain.sections.measures import Measure
from mes_app.domain.values import Quantity
from mes_app.fhir.analytes import read_range
from mes_app.fhir.answers import (
    AUTHORS,
    WHEN,
    answer_date,
    answer_text,
    begin_answer,
    drop_answer,
    put_answer,
    put_answer_date,
)
from mes_app.fhir.authors import entry_facts, find_author
from mes_app.fhir.columns import make_overview
from mes_app.fhir.concepts import LOINC, code_of, codes, concept_text
from mes_app.fhir.dates import date_text, read_date
from mes_app.fhir.elements import Json, child, children, line, number
from mes_app.fhir.encoders import Encoder, Owner
from mes_app.fhir.names import reference_name
from mes_app.fhir.quantities import plain, quantity_text, read_quantity, value_text, write_quantity
from mes_app.fhir.references import Refs
from mes_app.fhir.writing import put, put_note, write_code

_EXTENSIONS = {
    "reason": "mesures-reason-for-measurement",
    "moment": "mesures-moment-of-measurement",
    "days": "mesures-number-of-days",
}
"""Those of the French profiles of measures; they stay as they are whatever else of the measure changes."""


def summarise_measure(resource: Json) -> Overview:
    """Title: the measure. Its numbers are columns; the subtitle holds an answer that is not a number."""
    code = child(resource, "code")
    first, second = _numbers(resource)
    overview = make_overview(
        resource,
        Kind.MEASURES,
        title=concept_text(code),
        subtitle="" if first else line(answer_text(resource)),
        date=date_text(resource, *WHEN),
        category=_measure(code) or "",
        code=code_of(code),
        status=line(resource.get("status")),
        source=_find_source(resource),
        value=float(first.value) if first else None,
        value2=float(second.value) if second else None,
        unit=first.unit if first else "",
    )
    if overview.source is not Source.DEVICE:
        return overview
    return replace(overview, unique_id=_read_identifier(resource), organization=_read_device(resource))


def decode_measure(resource: Json, refs: Refs) -> Measure:
    """One measure, its numbers as written."""
    code = child(resource, "code")
    first, second = _numbers(resource)
    device = reference_name(child(resource, "device"), resource, refs) or None
    facts = entry_facts(resource, refs, *AUTHORS, recorded=read_date(resource, "issued"))
    source = _find_source(resource)
    if source is Source.DEVICE:
        facts |= {"source": source, "author": device or facts["author"]}
    return Measure(
        measure=_measure(code),
        title=concept_text(code),
        date=answer_date(resource),
        value=first.value if first else None,
        value2=second.value if second else None,
        unit=first.unit if first else "",
        text=None if first else answer_text(resource) or None,
        device=device,
        **{name: _read_extension(resource, url) or None for name, url in _EXTENSIONS.items()},
        **facts,
    )


def _find_source(resource: Json) -> Source:
    """Who says so: a professional; else a device that measured, whoever wore it."""
    source = find_author(resource, *AUTHORS)[1]
    return Source.DEVICE if child(resource, "device") and source is not Source.PROFESSIONAL else source


def _read_identifier(resource: Json) -> str:
    """What its author calls it, the same by whatever way it comes; empty where nothing does."""
    found = (one for one in children(resource, "identifier") if line(one.get("value")))
    return next((f"{line(one.get('system'))}|{line(one.get('value'))}" for one in found), "")


def _read_device(resource: Json) -> str:
    """What measured, told from all others: its address, else its own number, else its name."""
    node = child(resource, "device")
    return line(node.get("reference")) or line(child(node, "identifier").get("value")) or line(node.get("display"))


def _read_extension(resource: Json, name: str) -> str:
    """The words of an extension, by the end of its URL: the profiles have moved."""
    found = (one for one in children(resource, "extension") if line(one.get("url")).rpartition("/")[2] == name)
    return next(filter(None, map(_tell_extension, found)), "")


def _tell_extension(extension: Json) -> str:
    coding, whole = child(extension, "valueCoding"), number(extension.get("valueInteger"))
    told = line(coding.get("display")) or line(coding.get("code")) or line(extension.get("valueCode"))
    quantity = quantity_text(child(extension, "valueQuantity"))
    return told or (plain(whole) if whole is not None else "") or quantity or value_text(extension)


def read_ranges(resource: Json) -> tuple[Range, ...]:
    """The first range of reference of each number, in their order; one without bounds where none is stated."""
    return tuple(read_range(child(node, "referenceRange")) for node in _nodes(resource))


def _nodes(resource: Json) -> list[Json]:
    """What holds the numbers: the whole, or systolic and diastolic."""
    if _measure(child(resource, "code")) != MeasureType.BLOOD_PRESSURE:
        return [resource]
    parts = {code: part for part in children(resource, "component") for code in codes(child(part, "code"))}
    return [parts.get(SYSTOLIC, {}), parts.get(DIASTOLIC, {})]


def _measure(code: Json) -> MeasureType | None:
    return next((MEASURE_OF_CODE[found] for found in codes(code) if found in MEASURE_OF_CODE), None)


def _numbers(resource: Json) -> tuple[Quantity | None, Quantity | None]:
    """The value; of a blood pressure, systolic and diastolic, or neither when one is missing."""
    first, *others = map(_number, _nodes(resource))
    if not others:
        return first, None
    return (first, others[0]) if first and others[0] else (None, None)


def _number(node: Json) -> Quantity | None:
    count = number(node.get("valueInteger"))
    return Quantity(value=count) if count is not None else read_quantity(child(node, "valueQuantity"))


def _begin(entry: Measure, owner: Owner) -> Json:
    return begin_answer(entry, owner, write_code("observation-category", "vital-signs"))


def _put_code(resource: Json, entry: Measure) -> None:
    """What is measured; a measure under another name keeps its codes."""
    code = child(resource, "code")
    if entry.measure != _measure(code):
        code = _write_code(CODE_OF_MEASURE[entry.measure]) if entry.measure else {}
    put(code, "text", entry.title)
    put(resource, "code", code)


def _write_code(code: str) -> Json:
    """A measure of ours; the system of ``MED-…`` is unsettled, and a wrong one would be worse than none."""
    return {"coding": [({"system": LOINC} if code[0].isdigit() else {}) | {"code": code}]}


def _put_answer(resource: Json, entry: Measure) -> None:
    """The number, the two of a blood pressure, or words; each number in the place of the former one."""
    if entry.value is None:
        put_answer(resource, entry.text)
    elif entry.value2 is None:
        _put_number(resource, entry.value, entry.unit)
    else:
        _put_pressures(resource, {SYSTOLIC: entry.value, DIASTOLIC: entry.value2}, entry.unit)


def _put_pressures(resource: Json, numbers: dict[str, Decimal], unit: str) -> None:
    """Each number in the part that had it; other parts stay."""
    parts = children(resource, "component")
    known = {code: part for part in parts for code in codes(child(part, "code"))}
    drop_answer(resource)
    written = [known.get(code, {"code": _write_code(code)}) for code in numbers]
    for part, value in zip(written, numbers.values(), strict=True):
        _put_number(part, value, unit)
    put(resource, "component", written + [part for part in parts if not any(part is own for own in written)])


def _put_number(node: Json, value: Decimal, unit: str) -> None:
    former = child(node, "valueQuantity")
    drop_answer(node)
    put(node, "valueQuantity", write_quantity(value, unit, former))


MEASURE_ENCODER = Encoder(
    "Observation",
    _begin,
    {
        ("measure", "title"): _put_code,
        ("measure", "value", "value2", "unit", "text"): _put_answer,
        ("date",): put_answer_date,
        ("note",): put_note,
    },
)
