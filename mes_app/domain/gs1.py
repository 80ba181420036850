"""What the GS1 DataMatrix of a box of medicine says, typed or pasted. Which product it names is not known here.

https://ref.gs1.org/standards/genspecs/ — the identifiers that French boxes carry, and the key of a GTIN.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mes_app.domain.texts import clean_line
from mes_app.domain.values import PartialDate
from mes_app.errors import Reason, Rejected

LONGEST = 200
_FIELD = "product"
_DAY = r"\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])"
_TEXT = r"[!-~]{1,20}"
_SHAPES = {"01": r"\d{14}", "17": _DAY, "11": _DAY, "13": _DAY, "15": _DAY, "10": _TEXT, "21": _TEXT, "711": _TEXT}
"""Product, expiry, three other dates, lot, serial number, national number."""
_OPEN = frozenset({"10", "21", "711"})
"""What ends at a separator, or at the end: the others have the length that they have."""
_SEPARATOR = "\x1d"
_SEEN_SEPARATOR = re.compile("\u241d|<GS>|[{]GS[}]", re.IGNORECASE)
_SYMBOLOGY = re.compile(r"\A(?:\]d2|\x1d|\]C1|\s)+")
_BRACKETED = re.compile(r"\(\s*(\d{2,3})\s*\)([^()]*)", re.ASCII)
_GAPS = re.compile(r"(?<=\d)[ \u00a0\u202f.-]+(?=\d)", re.ASCII)
_GTIN = re.compile(r"\d{13,14}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Box:
    """``product``: the thirteen figures of a French box (CIP13), else a GTIN. What the code does not say is empty."""

    product: str
    lot: str = ""
    expires: PartialDate | None = None


def read_box(text: str) -> Box:
    """What ``text`` says: a CIP13 alone, or what a DataMatrix holds, with separators, without, or with brackets.

    A lot that cannot be told from what follows it, for want of a separator, is left out. Raises Rejected("product"):
    NOT_A_CODE, MISTYPED (a figure was copied wrongly), NOT_A_DATE (of expiry).
    """
    if len(text) > LONGEST:
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    raw = _SYMBOLOGY.sub("", _SEEN_SEPARATOR.sub(_SEPARATOR, text)).rstrip()
    alone = _GAPS.sub("", raw)
    if _GTIN.fullmatch(alone):
        return Box(_read_product(alone))
    readings = [_read_bracketed(raw)] if raw.startswith("(") else _list_readings(raw)
    if not readings or "01" not in readings[0]:
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    return Box(_read_product(readings[0]["01"]), _agree(readings, "10"), _read_expiry(_agree(readings, "17")))


def has_right_key(gtin: str) -> bool:
    """Whether the last figure is the one that the others give: weights 3 and 1 from the right."""
    weighted = (int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(reversed(gtin)))
    return sum(weighted) % 10 == 0


def _read_product(gtin: str) -> str:
    if not has_right_key(gtin):
        raise Rejected(_FIELD, Reason.MISTYPED)
    return gtin.removeprefix("0") if len(gtin) == len("0") + 13 else gtin


def _read_bracketed(raw: str) -> dict[str, str]:
    """« (01)03400… (17)270500 (10)W3R29 »: what a person reads beside the square."""
    found = {name: clean_line(value).rstrip(_SEPARATOR) for name, value in _BRACKETED.findall(raw)}
    shaped = all(re.fullmatch(_SHAPES[name], value, re.ASCII) for name, value in found.items() if name in _SHAPES)
    if _BRACKETED.sub("", raw).strip() or not shaped:
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    return found


def _list_readings(raw: str) -> list[dict[str, str]]:
    """Every way to read ``raw``: one, unless its separators are lost."""
    return list(_read_on(raw.replace(" ", ""), frozenset(), separated=_SEPARATOR in raw))


def _read_on(raw: str, read: frozenset[str], *, separated: bool) -> Iterator[dict[str, str]]:
    if not raw:
        yield {}
    for name in _SHAPES.keys() - read:
        if not raw.startswith(name):
            continue
        for value, rest in _cut(raw.removeprefix(name), name, separated=separated):
            yield from ({name: value} | more for more in _read_on(rest, read | {name}, separated=separated))


def _cut(raw: str, name: str, *, separated: bool) -> Iterator[tuple[str, str]]:
    """A value and what follows it, for each place where it may end."""
    ends = _list_ends(raw, name, separated=separated)
    for end in ends:
        if re.fullmatch(_SHAPES[name], raw[:end], re.ASCII):
            yield raw[:end], raw[end:].removeprefix(_SEPARATOR)


def _list_ends(raw: str, name: str, *, separated: bool) -> list[int]:
    if name not in _OPEN:
        return [14 if name == "01" else 6]
    known = raw.find(_SEPARATOR) if _SEPARATOR in raw else len(raw)
    return [known] if separated else list(range(1, known + 1))


def _agree(readings: list[dict[str, str]], name: str) -> str:
    """What every reading says under ``name``; empty where they differ."""
    said = {reading.get(name, "") for reading in readings}
    return said.pop() if len(said) == 1 else ""


def _read_expiry(text: str) -> PartialDate | None:
    """A day, or a month where the day is 00: until its end."""
    if not text:
        return None
    month = f"20{text[:2]}-{text[2:4]}"
    expiry = PartialDate(text=month if text[4:] == "00" else f"{month}-{text[4:]}")
    if expiry.day is None:
        raise Rejected(_FIELD, Reason.NOT_A_DATE)
    return expiry
