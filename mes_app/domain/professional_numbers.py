"""The numbers that name a professional or where they work, each with its key, and the mail addresses of health.

A right key says that a number was well copied, never that somebody practises under it.
"""

import re

_RPPS = re.compile(r"\d{11}", re.ASCII)
_FINESS = re.compile(r"(?:\d\d|2[AB])\d{7}", re.ASCII)
_GAPS = re.compile(r"[\s.-]")
_MSSANTE = ".mssante.fr"


def parse_rpps(text: str) -> str | None:
    """The RPPS number of a professional, its 11 figures; None for what is none."""
    number = _GAPS.sub("", text)
    return number if _RPPS.fullmatch(number) and _has_key(number) else None


def parse_finess(text: str) -> str | None:
    """The FINESS number of a place of care, its 9 characters; None for what is none. Those of Corsica have no key."""
    number = _GAPS.sub("", text).upper()
    if not _FINESS.fullmatch(number):
        return None
    return number if not number.isdecimal() or _has_key(number) else None


def is_mssante(address: str) -> bool:
    """Whether a mail address is of the space of trust of health professionals, as far as its domain tells."""
    return address.lower().endswith(_MSSANTE)


def _has_key(number: str) -> bool:
    """Whether the last figure is the key of Luhn."""
    figures = [int(figure) for figure in reversed(number)]
    doubled = (sum(divmod(2 * figure, 10)) for figure in figures[1::2])
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0
