"""The entry that a form says, and what a form shows of an entry. What nobody touched stays exactly as it was."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from mes_app.domain.gs1 import read_box
from mes_app.domain.inputs import (
    FORMS,
    MOMENTS,
    WRITABLE,
    Input,
    InputKind,
    find_type,
    list_inputs,
    list_names,
    start_values,
    unit_name,
)
from mes_app.domain.measure_types import SCALES, MeasureType
from mes_app.domain.professional_numbers import parse_finess, parse_rpps
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections.measures import Measure
from mes_app.domain.sections.pregnancies import PregnancyStatus
from mes_app.domain.shown_measures import Units, open_measure, store_measure
from mes_app.domain.texts import clean_line, clean_paragraph
from mes_app.domain.typed_values import (
    date_typed,
    parse_date,
    parse_day,
    parse_email,
    parse_moment,
    parse_number,
    parse_phone,
)
from mes_app.domain.units import list_units
from mes_app.domain.values import Coded, PartialDate
from mes_app.domain.vocabularies import find_choice, list_choices, make_coded
from mes_app.errors import Reason, Rejected

__all__ = [
    "WRITABLE",
    "Input",
    "InputKind",
    "build_entry",
    "fill_from_box",
    "list_inputs",
    "read_values",
    "start_values",
]

WHOLE_LIMIT = 99
_NOTHING: Units = MappingProxyType({})

_KIND_OF = {model: kind for kind, model in FORMS.items()}
_PARSERS: dict[InputKind, tuple[Callable[[str], object], Reason]] = {
    InputKind.DATE: (parse_date, Reason.NOT_A_DATE),
    InputKind.DAY: (parse_day, Reason.NOT_A_DATE),
    InputKind.MOMENT: (parse_moment, Reason.NOT_A_DATE),
    InputKind.NUMBER: (parse_number, Reason.NOT_A_NUMBER),
    InputKind.PHONE: (parse_phone, Reason.NOT_A_PHONE),
    InputKind.EMAIL: (parse_email, Reason.NOT_AN_EMAIL),
    InputKind.CODE: (lambda text: read_box(text).product, Reason.NOT_A_CODE),
    InputKind.RPPS: (parse_rpps, Reason.MISTYPED),
    InputKind.FINESS: (parse_finess, Reason.MISTYPED),
    InputKind.YES: (lambda text: text == "yes" or None, Reason.NOT_A_CHOICE),
}


def read_values(entry: Entry, units: Units = _NOTHING) -> dict[str, str]:
    """What the form shows of an entry of a kind in WRITABLE; a measure in the unit chosen for it, nothing computed."""
    kind = _KIND_OF[type(entry)]
    entry = open_measure(entry, units) if isinstance(entry, Measure) and units else entry
    values = {name: _show(kind, name, getattr(entry, name)) for name in list_names(kind)}
    if isinstance(entry, Measure):
        values["measure"] = entry.measure or entry.title
        values[unit_name(values["measure"])] = entry.unit
        if entry.value2 is not None:
            values["value2"] = _show(kind, "value2", entry.value2)
    return values


def fill_from_box(values: Mapping[str, str]) -> dict[str, str]:
    """``values`` with what the code under ``product`` says in the fields of its own: lot and expiry.

    What it does not say stays as it was typed. Raises Rejected as ``read_box``.
    """
    text = values.get("product", "")
    if not text.strip():
        return dict(values)
    box = read_box(text)
    said = {"product": box.product, "lot": box.lot, "expires": box.expires.text if box.expires else ""}
    return {**values, **{name: value for name, value in said.items() if value}}


def build_entry(kind: Kind, values: Mapping[str, str], former: Entry | None = None, units: Units = _NOTHING) -> Entry:
    """The entry that ``values`` say. What is not in them, was not touched or is not asked stays as ``former`` has it.

    The code of a box says its lot and expiry; ``units`` are those ``former`` was read with. Raises Rejected with the
    name of a field: MISSING, NOT_A_DATE, NOT_A_NUMBER, NOT_WHOLE, NOT_A_CHOICE, NOT_A_PHONE, NOT_AN_EMAIL, NOT_A_CODE,
    MISTYPED.
    """
    shown = read_values(former, units) if former else start_values(kind)
    told = fill_from_box(values) if values.get("product") != shown.get("product") else values
    typed = {name: clean_paragraph(text) for name, text in {**shown, **told}.items()}
    fields: dict[str, Any] = {}
    for asked in list_inputs(kind, typed):
        text = typed.get(asked.name, "")
        if asked.required and not text:
            raise Rejected(asked.name, Reason.MISSING)
        if former is None or text != clean_paragraph(shown.get(asked.name, "")):
            fields[asked.name] = _parse(kind, asked, text, former)
    if kind is Kind.MEASURES:
        fields |= _settle_measure(fields, typed, shown, former)
    if fields.get("status") is PregnancyStatus.CURRENT:
        fields["until"] = None
    return former.model_copy(update=fields) if former else FORMS[kind](**fields)


def _show(kind: Kind, name: str, value: object) -> str:
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return "\n".join(_show(kind, name, item) for item in value)
    if isinstance(value, Coded):
        return find_choice(kind, name, value)
    if isinstance(value, PartialDate):
        return date_typed(value, timed=(kind, name) in MOMENTS)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _parse(kind: Kind, asked: Input, text: str, former: Entry | None) -> Any:
    if not text:
        return FORMS[kind].model_fields[asked.name].default
    declared = find_type(kind, asked.name)
    if asked.kind in _PARSERS:
        value = _parse_value(asked, text)
        return _make_whole(asked, value) if declared is int else value
    if asked.kind is InputKind.CHOICE and declared is not Coded:
        return _parse_choice(asked, text, declared)
    if list_choices(kind, asked.name):
        return _parse_coded(kind, asked, text, former)
    return _parse_text(asked, text, declared)


def _parse_value(asked: Input, text: str) -> Any:
    parse, reason = _PARSERS[asked.kind]
    value = parse(text)
    if value is None:
        raise Rejected(asked.name, reason)
    return value


def _make_whole(asked: Input, value: Decimal) -> int:
    if value != int(value) or not 1 <= value <= WHOLE_LIMIT:
        raise Rejected(asked.name, Reason.NOT_WHOLE)
    return int(value)


def _parse_coded(kind: Kind, asked: Input, text: str, former: Entry | None) -> Coded | tuple[Coded, ...]:
    if asked.kind is InputKind.CHOICE:
        return make_coded(kind, asked.name, clean_line(text))
    kept = {_show(kind, asked.name, coded): coded for coded in getattr(former, asked.name, ())}
    chosen = filter(None, map(clean_line, text.splitlines()))
    return tuple(kept.get(choice) or make_coded(kind, asked.name, choice) for choice in dict.fromkeys(chosen))


def _parse_choice(asked: Input, text: str, choices: Any) -> Any:
    for choice in choices:
        if choice == text:
            return choice
    raise Rejected(asked.name, Reason.NOT_A_CHOICE)


def _parse_text(asked: Input, text: str, declared: type) -> Any:
    if asked.kind is InputKind.LINES:
        return tuple(dict.fromkeys(filter(None, map(clean_line, text.splitlines()))))
    if asked.kind is InputKind.LONG_TEXT:
        return text
    return Coded(text=clean_line(text)) if declared is Coded else clean_line(text)


def _settle_measure(
    fields: dict[str, Any], typed: Mapping[str, str], shown: Mapping[str, str], former: Entry | None
) -> dict[str, Any]:
    """What is not a field of its own: the name of a measure, and its numbers in the unit they are stored in."""
    known = former if isinstance(former, Measure) else None
    measure = fields.get("measure") or (known.measure if known else None)
    settled: dict[str, Any] = {"text": None} | ({} if measure is MeasureType.BLOOD_PRESSURE else {"value2": None})
    if "measure" in fields:
        settled["title"] = make_coded(Kind.MEASURES, "measure", fields["measure"]).text
    if measure not in SCALES or (known and known.unit and not _is_measured_anew(fields, typed, shown)):
        return settled
    numbers = {name: parse_number(typed.get(name, "")) for name in ("value", "value2") if name not in settled}
    stored = store_measure(Measure(title="", measure=measure, unit=_read_unit(measure, typed, shown), **numbers))
    return settled | {"value": stored.value, "value2": stored.value2, "unit": stored.unit}


def _is_measured_anew(fields: Mapping[str, Any], typed: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    name = unit_name(typed.get("measure", ""))
    return not fields.keys().isdisjoint({"measure", "value", "value2"}) or typed.get(name) != shown.get(name)


def _read_unit(measure: MeasureType, typed: Mapping[str, str], shown: Mapping[str, str]) -> str:
    """The unit chosen; one of others is only that of the record."""
    name = unit_name(measure)
    unit = typed.get(name) or SCALES[measure].unit
    if unit not in (*list_units(measure), shown.get(name)):
        raise Rejected(name, Reason.NOT_A_CHOICE)
    return unit
