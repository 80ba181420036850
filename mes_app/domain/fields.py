"""What an entry of a section shows, read from its declaration: filled fields in order, values without words."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mes_app.domain.documents import Category
from mes_app.domain.measure_types import name_number
from mes_app.domain.record import Entry, Kind
from mes_app.domain.values import Coded, PartialDate, Quantity

_UNSHOWN = frozenset({*Entry.model_fields, "about", "document", "unique_id"})
"""What every entry has besides its own fields, references to other records and names of it: no words for a reader."""


_DOCUMENT = {
    "title": "documents.field.title",
    "type": "documents.field.type",
    "category": "documents.field.category",
    "date": "documents.field.date",
    "paper": "adding.paper",
    "expires": "adding.expires",
    "organization": "documents.field.organization",
    "description": "documents.field.description",
    "hidden": "documents.hidden",
}
"""What a document says that its reader can choose, with the keys of its words: it is no section of its own."""


class FieldKind(StrEnum):
    """How a value becomes words."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Field:
    """One filled field. ``label`` is the key of its words; ``value``: text, a date, a number or a choice's key."""

    name: str
    label: str
    kind: FieldKind
    value: str


def list_fields(entry: Entry, kind: Kind) -> list[Field]:
    """The filled fields of ``entry`` in the order of its declaration, its note last; the first one names it."""
    if kind is Kind.DOCUMENTS:
        told = (_read_field(name, label, getattr(entry, name)) for name, label in _DOCUMENT.items())
        return [field for field in told if field]
    names = [*(name for name in type(entry).model_fields if name not in _UNSHOWN), "note"]
    measure = getattr(entry, "measure", None)
    labels = {name: f"sections.{kind}.{name_number(measure, name)}" for name in names}
    fields = (_read_field(name, label, getattr(entry, name)) for name, label in labels.items())
    return [field for field in fields if field]


def _read_field(name: str, label: str, value: object) -> Field | None:
    if value is None or value is False or value in ("", ()):
        return None
    if isinstance(value, StrEnum):
        words = f"categories.{value.lower()}" if isinstance(value, Category) else f"{label}_{value}"
        return Field(name, label, FieldKind.CHOICE, words)
    if isinstance(value, PartialDate):
        return Field(name, label, FieldKind.DATE, value.text)
    if value is True:
        return Field(name, label, FieldKind.YES, "")
    if isinstance(value, Decimal | int):
        return Field(name, label, FieldKind.NUMBER, str(value))
    return Field(name, label, FieldKind.TEXT, _read_text(value))


def _read_text(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(_read_text(item) for item in value)
        case Coded():
            return value.text
        case Quantity():
            return f"{value.value} {value.unit}".strip()
    return str(value)
