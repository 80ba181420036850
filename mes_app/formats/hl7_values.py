"""The small values of HL7 version 3: moments, names, quantities, codes. What is not written is empty or None."""

import re
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from mes_app.domain.texts import clean_line
from mes_app.domain.values import PartialDate, Quantity

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LOINC = "2.16.840.1.113883.6.1"
_MOMENT = re.compile(r"(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:\.\d+)?([+-]\d{4})?", re.ASCII)
_DIGITS = 40


def inner_text(node: Element | None) -> str:
    """All the text inside ``node``, on one line."""
    return "" if node is None else clean_line("".join(node.itertext()))


def read_moment(node: Element | None) -> PartialDate | None:
    """A TS, or the low end of an IVL_TS, as precise as it is written."""
    if node is None:
        return None
    low = node.find("low")
    return parse_moment(node.get("value") or (low.get("value") if low is not None else "") or "")


def parse_moment(text: str) -> PartialDate | None:
    """A TS or DTM, as precise as it is written."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    written = "-".join(part for part in (year, month, day) if part)
    if hour and day:
        zone = f"{offset[:3]}:{offset[3:]}" if offset else ""
        written += f"T{hour}:{minute}:{second or '00'}{zone}"
    moment = PartialDate(text=written)
    return moment if moment.key else None


def read_name(node: Element | None) -> str:
    """A PN or EN as its parts are written, the family name last; the text where it has no parts."""
    if node is None:
        return ""
    given = [inner_text(part) for part in node.findall("given")]
    family = [inner_text(part) for part in node.findall("family")]
    prefix = [inner_text(part) for part in node.findall("prefix")]
    return clean_line(" ".join([*prefix[:1], *given[:1], *family[:1]])) or inner_text(node)


def read_number(text: str | None) -> Decimal | None:
    """A finite decimal number, written with a point or a comma."""
    try:
        value = Decimal((text or "").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and len(text or "") <= _DIGITS else None


def read_quantity(node: Element | None) -> Quantity | None:
    """A PQ; its unit « 1 » counts as none."""
    value = None if node is None else read_number(node.get("value"))
    if node is None or value is None:
        return None
    unit = clean_line(node.get("unit") or "")
    return Quantity(value=value, unit="" if unit == "1" else unit)
