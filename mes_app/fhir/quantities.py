"""Quantities and the other values a FHIR element may hold, as numbers and as text."""

from decimal import Decimal

from mes_app.domain.values import Quantity
from mes_app.fhir.concepts import concept_text
from mes_app.fhir.elements import Json, child, line, number, paragraph

UCUM = "http://unitsofmeasure.org"
_SYMBOLS = {"mm[Hg]": "mmHg", "Cel": "°C"}


def unit_of(quantity: Json) -> str:
    """The UCUM code where there is one, else the unit in words."""
    code = line(quantity.get("code")) if quantity.get("system", UCUM) == UCUM else ""
    return code or line(quantity.get("unit"))


def read_quantity(quantity: Json) -> Quantity | None:
    """A number with its unit; None when there is no number, or when it is only a bound (« < 5 »)."""
    value = None if quantity.get("comparator") else number(quantity.get("value"))
    return None if value is None else Quantity(value=value, unit=unit_of(quantity))


def write_quantity(value: Decimal, unit: str, former: Json) -> Json:
    """A Quantity: ``former`` with this value where its unit is the same, else a new one in a UCUM ``unit``."""
    kept = {name: said for name, said in former.items() if name not in ("_value", "comparator")}
    if kept and unit_of(kept) == unit:
        return kept | {"value": value}
    return {"value": value} | ({"unit": _SYMBOLS.get(unit, unit), "system": UCUM, "code": unit} if unit else {})


def quantity_text(quantity: Json) -> str:
    """The quantity as its author would write it, with its comparator."""
    value = number(quantity.get("value"))
    unit = line(quantity.get("unit")) or line(quantity.get("code"))
    return "" if value is None else line(f"{line(quantity.get('comparator'))} {plain(value)} {unit}")


def range_text(limits: Json) -> str:
    """A Range or referenceRange: its own text, else its bounds; open ends are written with < and >."""
    low, high = quantity_text(child(limits, "low")), quantity_text(child(limits, "high"))
    bounds = f"{low} – {high}" if low and high else f"> {low}" if low else f"< {high}" if high else ""
    return line(limits.get("text")) or bounds


def value_text(node: Json) -> str:
    """The value of an Observation or component that is not a plain number: words, a bound, a ratio, a range."""
    quantity = child(node, "valueQuantity")
    ratio = child(node, "valueRatio")
    sides = [quantity_text(child(ratio, side)) for side in ("numerator", "denominator")]
    return (
        paragraph(node.get("valueString"))
        or concept_text(child(node, "valueCodeableConcept"))
        or (quantity_text(quantity) if quantity.get("comparator") else "")
        or (" : ".join(sides) if all(sides) else "")
        or range_text(child(node, "valueRange"))
        or line(node.get("valueDateTime"))
        or line(node.get("valueTime"))
    )


def plain(value: Decimal) -> str:
    """The digits of a number, never with an exponent."""
    return f"{value:f}"
