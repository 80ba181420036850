"""Numbers and units as tables of devices and people write them: decimal commas, spaces between thousands, « 12/8 »."""

import re
from decimal import Decimal

from mes_app.domain.folding import fold

_UNITS = {
    "kg": "kg", "kgs": "kg", "g": "g", "lb": "[lb_av]", "lbs": "[lb_av]",
    "m": "m", "meters": "m", "metres": "m", "cm": "cm", "mm": "mm", "in": "[in_i]",
    "mmhg": "mm[Hg]", "mm[hg]": "mm[Hg]", "cmhg": "cm[Hg]", "kpa": "kPa",
    "bpm": "/min", "/min": "/min", "beats/min": "/min", "battements/min": "/min", "count/min": "/min",
    "c": "Cel", "cel": "Cel", "celsius": "Cel", "f": "[degF]", "fahrenheit": "[degF]",
    "mg/dl": "mg/dL", "g/l": "g/L", "g/dl": "g/dL", "mmol/l": "mmol/L", "mmol/mol": "mmol/mol",
    "%": "%", "pas": "1/(24.h)", "steps": "1/(24.h)", "pas/jour": "1/(24.h)", "count": "1/(24.h)", "kg/m2": "kg/m2",
}  # fmt: skip
"""How units are written in names of columns and in cells, folded, without the sign of degrees: in UCUM."""

KNOWN_UNITS = tuple(dict.fromkeys(_UNITS.values()))
_SPACES = "[ \u00a0\u202f]"
_FIGURES = rf"[+-]?\d{{1,3}}(?:{_SPACES}\d{{3}})+(?:[.,]\d{{1,9}})?|[+-]?\d{{1,12}}(?:[.,]\d{{1,9}})?"
_NUMBER = re.compile(rf"(?P<number>{_FIGURES})\s*(?P<unit>[^\d\s].*)?", re.ASCII)
_PAIR = re.compile(r"(?P<one>\d{1,3}(?:[.,]\d)?)\s*[/-]\s*(?P<two>\d{1,3}(?:[.,]\d)?)\s*(?P<unit>[^\d\s].*)?", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+", re.ASCII)
_ABSENT = frozenset({"", "-", "--", "---", "n/a", "na", "null", "none"})


def is_there(cell: str) -> bool:
    """Whether a cell says anything: devices write a dash for nothing."""
    return cell.strip().lower() not in _ABSENT


def read_unit(text: str) -> str:
    """The UCUM code of a unit as people write it; empty where it is not known."""
    plain = fold(text.strip()).replace("\u00b0", "").replace("deg ", "").replace(" ", "")
    return _UNITS.get(plain, "")


def read_number(cell: str, *, whole: bool = False) -> tuple[Decimal, str] | None:
    """The number in a cell, its digits kept, and its unit as written; None for what is no number.

    A comma is that of decimals; where only ``whole`` numbers make sense, ``1,234`` is twelve hundred and some.
    """
    text = cell.strip()
    if whole and _THOUSANDS.fullmatch(text):
        return Decimal(re.sub("[.,]", "", text)), ""
    found = _NUMBER.fullmatch(text)
    return (_read_digits(found["number"]), found["unit"] or "") if found else None


def read_pair(cell: str) -> tuple[Decimal, Decimal, str] | None:
    """The two numbers of a blood pressure in one cell, « 120/80 », and their unit as written; None without two."""
    found = _PAIR.fullmatch(cell.strip())
    return (_read_digits(found["one"]), _read_digits(found["two"]), found["unit"] or "") if found else None


def _read_digits(digits: str) -> Decimal:
    return Decimal(re.sub(_SPACES, "", digits).replace(",", "."))
