"""Values of fields in words: choices, measures with their units."""

from decimal import Decimal

from mes_app.i18n.catalogue import find
from mes_app.i18n.dates import partial
from mes_app.i18n.numbers import decimal

NARROW_SPACE = "\u202f"


def field_value(kind: str, value: str) -> str:
    """The words of a field's ``value``; a choice without words shows its own code (an unknown code is no error)."""
    if kind == "date":
        return partial(value)
    if kind == "number":
        return decimal(Decimal(value))
    if kind == "choice":
        return find(value) or value.rpartition("_")[2]
    return (find("units.yes") or value) if kind == "yes" else value


def unit(code: str) -> str:
    """How a UCUM unit is written for people: « mmHg » for ``mm[Hg]``; an unknown one stays."""
    return find(f"units.{code}") or code


def quantity(value: Decimal | float, code: str, second: Decimal | float | None = None) -> str:
    """« 12,5 kg », « 128/82 mmHg »."""
    number = decimal(value) if second is None else f"{decimal(value)}/{decimal(second)}"
    return f"{number}{NARROW_SPACE}{unit(code)}".rstrip() if code and code != "1" else number
