"""The laboratory results that a clinical document holds as data, beside its narrative."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mes_app.domain.laboratory import Analyte, Range
from mes_app.domain.texts import clean_line
from mes_app.domain.values import PartialDate
from mes_app.formats.hl7_values import LOINC, XSI_TYPE, inner_text, read_moment, read_number, read_quantity

MAX_ANALYTES = 500
_TEMPLATES = {"1.3.6.1.4.1.19376.1.3.1.6", "2.16.840.1.113883.10.20.22.4.2"}
"""Laboratory Observation of IHE PaLM, which France uses, and Result Observation of C-CDA."""
_PANELS = {"organizer", "act"}


def read_analytes(body: Element, date: PartialDate | None) -> tuple[Analyte, ...]:
    """The results in the order of the document; those without a moment of their own were measured at ``date``."""
    texts = {node.get("ID", ""): node for node in body.iter() if node.get("ID")}
    found: list[Analyte] = []
    for analyte in _walk(body, texts, "", date):
        found.append(analyte)
        if len(found) >= MAX_ANALYTES:
            break
    return tuple(found)


def _walk(node: Element, texts: dict[str, Element], group: str, date: PartialDate | None) -> Iterator[Analyte]:
    if node.tag in _PANELS:
        group = _name_of(node, texts) or group
        date = read_moment(node.find("effectiveTime")) or date
    if node.tag == "observation" and _is_result(node):
        analyte = _read_analyte(node, texts, group, date)
        if analyte:
            yield analyte
    for child in node:
        yield from _walk(child, texts, group, date)


def _is_result(node: Element) -> bool:
    return any(template.get("root") in _TEMPLATES for template in node.findall("templateId"))


def _read_analyte(node: Element, texts: dict[str, Element], group: str, date: PartialDate | None) -> Analyte | None:
    name, value = _name_of(node, texts), node.find("value")
    quantity = read_quantity(value)
    answer = "" if quantity else _answer_of(value, texts)
    if not name or not (quantity or answer):
        return None
    return Analyte(
        name=name,
        code=_loinc_of(node),
        group=group,
        value=quantity,
        answer=answer,
        usual=_read_range(node),
        stated=_attribute(node.find("interpretationCode"), "code"),
        date=read_moment(node.find("effectiveTime")) or date,
    )


def _name_of(node: Element, texts: dict[str, Element]) -> str:
    """What was examined: the words of the document, else those of the code or of one of its translations."""
    code = node.find("code")
    if code is None:
        return ""
    names = [code.get("displayName"), *(one.get("displayName") for one in code.findall("translation"))]
    return _words_of(code.find("originalText"), texts) or clean_line(next(filter(None, names), ""))


def _loinc_of(node: Element) -> str:
    code = node.find("code")
    coded = [] if code is None else [code, *code.findall("translation")]
    return clean_line(next((one.get("code", "") for one in coded if one.get("codeSystem") == LOINC), ""))


def _words_of(node: Element | None, texts: dict[str, Element]) -> str:
    """Text in place, or in the narrative it points to."""
    if node is None:
        return ""
    reference = node.find("reference")
    target = None if reference is None else texts.get(reference.get("value", "").removeprefix("#"))
    return inner_text(target) or inner_text(node)


def _answer_of(value: Element | None, texts: dict[str, Element]) -> str:
    """An answer that is no plain number: words, a code, a bound such as « < 5 mg/L », a ratio."""
    if value is None:
        return ""
    kind = value.get(XSI_TYPE, "").rpartition(":")[2]
    if kind.startswith("IVL"):
        return _tell_bounds(value)
    if kind == "RTO" or kind.startswith("RTO_"):
        sides = [_tell(value.find(name)) for name in ("numerator", "denominator")]
        return " : ".join(sides) if all(sides) else ""
    return clean_line(value.get("displayName") or "") or _words_of(value.find("originalText"), texts) or _tell(value)


def _tell(node: Element | None) -> str:
    if node is None:
        return ""
    return clean_line(f"{node.get('value', '')} {node.get('unit', '')}") or inner_text(node)


def _tell_bounds(node: Element) -> str:
    low, high = node.find("low"), node.find("high")
    words = [_tell(low), _tell(high)]
    if all(words):
        return f"{words[0]} – {words[1]}"
    sign, end = (">", low) if words[0] else ("<", high)
    closed = "=" if end is not None and end.get("inclusive") == "true" else ""
    return f"{sign}{closed} {words[0] or words[1]}" if any(words) else ""


def _read_range(node: Element) -> Range:
    """The usual values: of several ranges, that marked as normal, else the first."""
    ranges = node.findall("referenceRange/observationRange")
    normal = [found for found in ranges if _attribute(found.find("interpretationCode"), "code") == "N"]
    chosen = next(iter(normal or ranges), None)
    if chosen is None:
        return Range()
    low, high = chosen.find("value/low"), chosen.find("value/high")
    return Range(
        low=read_number(_attribute(low, "value")),
        high=read_number(_attribute(high, "value")),
        unit=_attribute(low, "unit") or _attribute(high, "unit"),
        text=inner_text(chosen.find("text")),
    )


def _attribute(node: Element | None, name: str) -> str:
    return "" if node is None else clean_line(node.get(name, ""))
