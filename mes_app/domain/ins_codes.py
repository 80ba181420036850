"""What the square code of a French health identity (Datamatrix INS) says of a person, as it is pasted.

Agence du numérique en santé, Datamatrix INS version 2.2. It is not signed: it proves nothing of whoever shows it. The
number in it is checked and not kept: who wants it in a record types it there. Never log any of it.
"""

import re
from dataclasses import dataclass

from mes_app.domain.identity import is_nir
from mes_app.domain.people import Sex
from mes_app.domain.texts import clean_line
from mes_app.domain.values import PartialDate, Precision
from mes_app.errors import Reason, Rejected

LONGEST = 400
_FIELD = "ins"
_HEADER = "IS01" + "0" * 22
_SHAPES = {
    "S1": "[0-9AB]{15}",
    "S2": r"1\.2\.250\.1\.213\.1\.4\.(?:8|9|10|11)",
    "S3": "[A-Z' -]{1,100}?",
    "S4": "[A-Z' -]{1,100}?",
    "S5": "[MF]",
    "S6": r"[0-9]{2}-[0-9]{2}-[0-9]{4}",
    "S7": "[0-9AB]{5}",
}
"""Number, its kind, first names and family name at birth, sex, birth, commune of birth; in any order."""
_BLOCK = re.compile("|".join(f"(?P<{name}>{name}{shape})(?=\x1d|S[1-7]|$)\x1d?" for name, shape in _SHAPES.items()))
_NEEDED = frozenset(_SHAPES) - {"S7"}
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}


@dataclass(frozen=True, slots=True)
class Traits:
    """Who a code names, as names are written: ``Anne-Marie``."""

    first_name: str
    family_name: str
    birth: PartialDate
    sex: Sex


def read_ins(text: str) -> Traits:
    """The person whom ``text`` names, its separators there or lost.

    Raises Rejected("ins"): NOT_A_CODE, MISTYPED (the number has another key), NOT_A_DATE (of birth).
    """
    blocks = _split(text.strip())
    if not is_nir(blocks["S1"]):
        raise Rejected(_FIELD, Reason.MISTYPED)
    day, month, year = blocks["S6"].split("-")
    birth = PartialDate(text=f"{year}-{month}-{day}")
    if birth.precision is not Precision.DAY or birth.day is None:
        raise Rejected(_FIELD, Reason.NOT_A_DATE)
    first = clean_line(blocks["S3"]).partition(" ")[0].title()
    family = clean_line(blocks["S4"]).title()
    if not first or not family:
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    return Traits(first, family, birth, _SEXES[blocks["S5"]])


def _split(text: str) -> dict[str, str]:
    """The blocks by their names, each once, with nothing between them."""
    if len(text) > LONGEST or not text.startswith(_HEADER):
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    found: dict[str, str] = {}
    place = len(_HEADER)
    while place < len(text):
        block = _BLOCK.match(text, place)
        if block is None or block.lastgroup is None or block.lastgroup in found:
            raise Rejected(_FIELD, Reason.NOT_A_CODE)
        found[block.lastgroup] = block[block.lastgroup].removeprefix(block.lastgroup)
        place = block.end()
    if not found.keys() >= _NEEDED:
        raise Rejected(_FIELD, Reason.NOT_A_CODE)
    return found
