"""Somebody whose record begins on this device: a person without account, a child just born, a relative.

They are who they are said to be: nobody has verified it, and the record never says that somebody did.
"""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from mes_app.domain.identity import is_usual_nir, parse_nir
from mes_app.domain.ins_codes import read_ins
from mes_app.domain.people import Sex
from mes_app.domain.texts import clean_line
from mes_app.domain.typed_values import parse_date
from mes_app.domain.values import Frozen, PartialDate
from mes_app.errors import Reason, Rejected

LONGEST_NAME = 100


class Newcomer(Frozen):
    """Who it is, as it is told here. ``nir``: the 15 characters; never log it."""

    first_name: str
    family_name: str
    birth: PartialDate
    sex: Sex = Sex.UNKNOWN
    nir: str | None = Field(default=None, repr=False)


def read_newcomer(values: Mapping[str, str], today: date, *, confirmed: bool = False) -> Newcomer:
    """Whom ``values`` name, by ``first_name``, ``family_name``, ``birth`` and, if told, ``sex`` and ``nir``.

    Raises Rejected with the name of the field: MISSING, TOO_LONG, NOT_A_DATE, IN_THE_FUTURE, NOT_A_CHOICE, MISTYPED;
    OUT_OF_RANGE (a NIR of an uncommon form) until the person has ``confirmed`` it.
    """
    return Newcomer(
        first_name=_read_name("first_name", values),
        family_name=_read_name("family_name", values),
        birth=_read_birth(clean_line(values.get("birth", "")), today),
        sex=_read_sex(values.get("sex", "")),
        nir=_read_nir(values.get("nir", ""), confirmed=confirmed),
    )


def fill_from_ins(values: Mapping[str, str]) -> dict[str, str]:
    """``values`` with what the code under ``ins`` says of the person; the code itself goes, with the number in it.

    Raises Rejected as ``read_ins``.
    """
    typed = {name: value for name, value in values.items() if name != "ins"}
    if not values.get("ins", "").strip():
        return typed
    said = read_ins(values["ins"])
    names = {"first_name": said.first_name, "family_name": said.family_name}
    return typed | names | {"birth": said.birth.text, "sex": said.sex.value}


def split_name(name: str) -> dict[str, str]:
    """A name said in one breath, as values: the first word is the first name."""
    first, _, family = clean_line(name).partition(" ")
    return {"first_name": first, "family_name": family}


def _read_name(field: str, values: Mapping[str, str]) -> str:
    name = clean_line(values.get(field, ""))
    if not name:
        raise Rejected(field, Reason.MISSING)
    if len(name) > LONGEST_NAME:
        raise Rejected(field, Reason.TOO_LONG)
    return name


def _read_birth(text: str, today: date) -> PartialDate:
    if not text:
        raise Rejected("birth", Reason.MISSING)
    birth = parse_date(text)
    if birth is None or birth.day is None:
        raise Rejected("birth", Reason.NOT_A_DATE)
    if birth.day > today:
        raise Rejected("birth", Reason.IN_THE_FUTURE)
    return birth


def _read_nir(text: str, *, confirmed: bool) -> str | None:
    if not text.strip():
        return None
    nir = parse_nir(text)
    if nir is None:
        raise Rejected("nir", Reason.MISTYPED)
    if not confirmed and not is_usual_nir(nir):
        raise Rejected("nir", Reason.OUT_OF_RANGE)
    return nir


def _read_sex(text: str) -> Sex:
    try:
        return Sex(text or Sex.UNKNOWN)
    except ValueError:
        raise Rejected("sex", Reason.NOT_A_CHOICE) from None
