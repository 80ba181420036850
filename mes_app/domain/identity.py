"""The French health identity number (NIR, the matricule of the INS). Never log it; show it masked unless asked."""

import re

_NIR = re.compile(r"[1-478]\d{4}(?:\d\d|2[AB])\d{8}", re.ASCII)
_USUAL = re.compile(r"[12]\d\d(?:0[1-9]|1[0-2])(?!00)(?:\d\d|2[AB])\d{8}", re.ASCII)
_GAPS = re.compile(r"[\s.-]")
_GROUPS = (1, 2, 2, 2, 3, 3, 2)
_SHOWN = 2


def is_nir(text: str) -> bool:
    """Whether ``text`` is 15 characters with the shape of a NIR and its right key (97 - N mod 97)."""
    if not _NIR.fullmatch(text):
        return False
    number, key = text[:13], int(text[13:])
    return key == 97 - int(number.replace("2A", "19").replace("2B", "18")) % 97


def is_usual_nir(nir: str) -> bool:
    """Whether a NIR is of the common form: sex, month and département of birth. Provisional ones and others are not."""
    return _USUAL.fullmatch(nir) is not None


def parse_nir(text: str) -> str | None:
    """The 15 characters of a NIR typed with or without its spaces; None for what is none."""
    typed = _GAPS.sub("", text).upper()
    return typed if is_nir(typed) else None


def show_nir(nir: str) -> str:
    """As it is printed on a card: ``1 84 05 2A 004 123 08``."""
    return " ".join(_split(nir))


def mask_nir(nir: str) -> str:
    """Sex and year only, the rest as dots: ``1 84 •• •• ••• ••• ••``."""
    groups = _split(nir)
    return " ".join(groups[:_SHOWN] + ["•" * len(group) for group in groups[_SHOWN:]])


def _split(nir: str) -> list[str]:
    ends = [sum(_GROUPS[: index + 1]) for index in range(len(_GROUPS))]
    return [nir[end - width : end] for end, width in zip(ends, _GROUPS, strict=True)]
