"""What a form asks of an entry, read from the declaration of its section.

A field's type says how it is asked, as in ``fields`` it says how it is shown. Every value of a form is text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_args, get_origin

from mes_app.domain.appointments import Appointment, AppointmentStatus
from mes_app.domain.contact_details import ContactDetails
from mes_app.domain.measure_types import SCALES, MeasureType, find_measure, name_number
from mes_app.domain.record import Entry, Kind
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.domain.sections.pregnancies import PregnancyStatus
from mes_app.domain.sections.treatments import TreatmentStatus
from mes_app.domain.sections.wishes import WishStatus
from mes_app.domain.suggestions import find_list
from mes_app.domain.units import list_units
from mes_app.domain.values import PartialDate
from mes_app.domain.vocabularies import list_choices

FORMS: dict[Kind, type[Entry]] = {
    **SECTIONS,
    **BOOKLET,
    Kind.APPOINTMENTS: Appointment,
    Kind.PEOPLE: ContactDetails,
}
WRITABLE = frozenset(FORMS)
"""The kinds that a person writes field by field."""
ADDABLE = WRITABLE - {Kind.PEOPLE}
"""Those of which a person makes new records, and removes their own: whose records there are is not decided here."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NOTELESS = frozenset({Kind.WISHES, Kind.CONTACTS, Kind.PEOPLE, Kind.PAGES})
"""Their FHIR resources have no place for a comment; a page is one."""

_ASKED = {
    Kind.MEASURES: ("measure", "value", "date"),
    Kind.WISHES: ("wish", "date", "status"),
    Kind.PAGES: ("page", "date", "text"),
}
"""Where a form does not ask every field of the model."""

_ALSO_REQUIRED = {
    (Kind.APPOINTMENTS, "start"),
    (Kind.FAMILY_HISTORY, "conditions"),
    (Kind.MEASURES, "value"),
    (Kind.MEASURES, "value2"),
    (Kind.MEASURES, "date"),
    (Kind.PREGNANCIES, "day"),
}
MOMENTS = {(Kind.MEASURES, "date"), (Kind.APPOINTMENTS, "start"), (Kind.APPOINTMENTS, "end")}
_DAYS = {(Kind.PREGNANCIES, "day")}
_LONG = {"note", "text", "dosage", "answer", "description", "street"}
_LABELS = {"title": "subject"}
"""``sections.<kind>.title`` is the name of the section."""

_CHOICES: dict[tuple[Kind, str], tuple[str, ...]] = {
    (Kind.MEASURES, "measure"): tuple(SCALES),
    (Kind.TREATMENTS, "status"): (
        TreatmentStatus.ACTIVE,
        TreatmentStatus.INTENDED,
        TreatmentStatus.ON_HOLD,
        TreatmentStatus.COMPLETED,
        TreatmentStatus.STOPPED,
        TreatmentStatus.NOT_TAKEN,
    ),
    (Kind.WISHES, "status"): (WishStatus.ACTIVE, WishStatus.DRAFT, WishStatus.INACTIVE),
    (Kind.APPOINTMENTS, "status"): (
        AppointmentStatus.BOOKED,
        AppointmentStatus.PENDING,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.CANCELLED,
        AppointmentStatus.NO_SHOW,
    ),
}
"""Where a person may not choose every value of an enumeration: the others are those of professionals."""

_UNKNOWN = "unknown"
_STARTS = {Kind.APPOINTMENTS: {"status": AppointmentStatus.BOOKED}}


class InputKind(StrEnum):
    """How a field is asked, and what its value looks like."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    """A year, a month or a day: ``2019``, ``2019-05``, ``2019-05-03``; also ``05/2019`` and ``03/05/2019``."""
    DAY = "day"
    """As DATE, and the day must be known."""
    MOMENT = "moment"
    """As DATE, or with a time in Paris: ``2019-05-03T10:30``."""
    NUMBER = "number"
    PHONE = "phone"
    """Ten figures, or the number of another country after ``+``."""
    EMAIL = "email"
    CODE = "code"
    """A code that says several fields at once, pasted or sent by a reader of codes: of a box, or of a person."""
    RPPS = "rpps"
    """The number of a professional, whatever the spaces."""
    FINESS = "finess"
    """The number of a place of care, whatever the spaces."""
    HIDDEN = "hidden"
    """A text that is hidden while it is typed, and shown on demand."""
    CHOICE = "choice"
    """One of ``choices``."""
    CHOICES = "choices"
    """Some of ``choices``, one a line."""
    YES = "yes"
    """``yes`` or empty."""
    LINES = "lines"
    """Some texts, one a line."""


_POINTS = {
    (Kind.PEOPLE, "phone"): InputKind.PHONE,
    (Kind.PEOPLE, "mobile"): InputKind.PHONE,
    (Kind.PEOPLE, "email"): InputKind.EMAIL,
    (Kind.PROFESSIONALS, "rpps"): InputKind.RPPS,
    (Kind.PROFESSIONALS, "finess"): InputKind.FINESS,
}
_PRODUCT = "product"
_KINDS: tuple[tuple[type, InputKind], ...] = (
    (bool, InputKind.YES),
    (StrEnum, InputKind.CHOICE),
    (PartialDate, InputKind.DATE),
    (Decimal, InputKind.NUMBER),
    (int, InputKind.NUMBER),
    (tuple, InputKind.LINES),
)


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form.

    ``label`` is the key of its words; those of a choice are ``<label>_<choice>``, or the choice itself without any.
    ``suggested``: the list of ``suggestions`` from which words are proposed while a text is typed. ``units``: those in
    which a number may be said, where there are several; the form holds the one chosen under ``unit_name``.
    """

    name: str
    label: str
    kind: InputKind
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    suggested: str = ""
    units: tuple[str, ...] = ()
    unit_name: str = ""


def list_inputs(kind: Kind, values: Mapping[str, str] = _NOTHING) -> list[Input]:
    """The fields of the form of a kind in WRITABLE, in order, the note last.

    ``values`` are those in the form: a measure's fields depend on the measure chosen, what goes on has no end, and a
    choice that is already made is offered even where it is none of ours.
    """
    return [_make_input(kind, name, values) for name in list_names(kind, values)]


def start_values(kind: Kind) -> dict[str, str]:
    """What the form of a new entry holds before anything is typed."""
    defaults = {name: field.default for name, field in FORMS[kind].model_fields.items()} | _STARTS.get(kind, {})
    return {name: value for name, value in defaults.items() if name in list_names(kind) and isinstance(value, StrEnum)}


def find_type(kind: Kind, name: str) -> Any:
    """The type of a field, without the None of an optional one and the type of what a tuple holds."""
    annotation = FORMS[kind].model_fields[name].annotation
    if get_origin(annotation) is tuple:
        return tuple
    return next((choice for choice in get_args(annotation) if choice is not type(None)), annotation)


def list_names(kind: Kind, values: Mapping[str, str] = _NOTHING) -> list[str]:
    """The fields that ``list_inputs`` asks."""
    own = [name for name in FORMS[kind].model_fields if name not in Entry.model_fields]
    names = [*_ASKED.get(kind, own), *(() if kind in _NOTELESS else ("note",))]
    if kind is Kind.MEASURES and values.get("measure") == MeasureType.BLOOD_PRESSURE:
        names.insert(names.index("value") + 1, "value2")
    if kind is Kind.PREGNANCIES and values.get("status") == PregnancyStatus.CURRENT:
        names.remove("until")
    return names


def _make_input(kind: Kind, name: str, values: Mapping[str, str]) -> Input:
    asked_as = _find_kind(kind, name)
    required = _is_required(kind, name)
    chosen = values.get(name, "").splitlines() if asked_as in (InputKind.CHOICE, InputKind.CHOICES) else ()
    unit = _find_unit(values) if asked_as is InputKind.NUMBER else ""
    units = _list_units(values, unit) if (kind, name) == (Kind.MEASURES, "value") else ()
    return Input(
        name=name,
        label=f"sections.{kind}.{name_number(values.get('measure'), _LABELS.get(name, name))}",
        kind=asked_as,
        required=required,
        choices=tuple(dict.fromkeys([*_list_choices(kind, name), *chosen])),
        unit=unit,
        suggested=find_list(kind, name),
        units=units,
        unit_name=unit_name(values["measure"]) if units else "",
    )


def _find_kind(kind: Kind, name: str) -> InputKind:
    found = find_type(kind, name)
    if list_choices(kind, name):
        return InputKind.CHOICES if found is tuple else InputKind.CHOICE
    if (kind, name) in MOMENTS:
        return InputKind.MOMENT
    if (kind, name) in _DAYS:
        return InputKind.DAY
    if point := _POINTS.get((kind, name)):
        return point
    if name == _PRODUCT:
        return InputKind.CODE
    typed = (asked_as for declared, asked_as in _KINDS if issubclass(found, declared))
    return next(typed, InputKind.LONG_TEXT if name in _LONG else InputKind.TEXT)


def _list_choices(kind: Kind, name: str) -> tuple[str, ...]:
    found = find_type(kind, name)
    every = tuple(choice for choice in found if choice != _UNKNOWN) if issubclass(found, StrEnum) else ()
    return _CHOICES.get((kind, name)) or list_choices(kind, name) or every


def _find_unit(values: Mapping[str, str]) -> str:
    measure = values.get("measure", "")
    scale = next((scale for known, scale in SCALES.items() if known == measure), None)
    return values.get(unit_name(measure)) or (scale.unit if scale else "")


def _list_units(values: Mapping[str, str], unit: str) -> tuple[str, ...]:
    """None where there is nothing to choose; the one of the record is offered even where it is none of ours."""
    measure = find_measure(values.get("measure"))
    found = tuple(dict.fromkeys([*list_units(measure), unit])) if measure in SCALES else ()
    return found if len(found) > 1 else ()


def unit_name(measure: str) -> str:
    """Under which name a form holds the unit of a measure: another one chosen has its own unit."""
    return f"unit_{measure}"


def _is_required(kind: Kind, name: str) -> bool:
    """A state is never without a value: left out, it would be the one that a new entry has."""
    field = FORMS[kind].model_fields[name]
    return field.is_required() or isinstance(field.default, StrEnum) or (kind, name) in _ALSO_REQUIRED
