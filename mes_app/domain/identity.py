"""The French health identity number (NIR, the matricule of the INS). Never log it; show it masked unless asked."""

import re

_NIR = re.compile(r"[1-478]\d{4}(?:\d\d|2[AB])\d{8}", re.ASCII)
_GROUPS = (1, 2, 2, 2, 3, 3, 2)
_SHOWN = 2


def is_nir(text: str) -> bool:
    """Whether ``text`` is 15 characters with the shape of a NIR and its right key (97 - N mod 97)."""
    if not _NIR.fullmatch(text):
        return False
    number, key = text[:13], int(text[13:])
    return key == 97 - int(number.replace("2A", "19").replace("2B", "18")) % 97


def mask_nir(nir: str) -> str:
    """Sex and year only, the rest as dots: ``1 84 •• •• ••• ••• ••``."""
    groups = _split(nir)
    return " ".join(groups[:_SHOWN] + ["•" * len(group) for group in groups[_SHOWN:]])


def _split(nir: str) -> list[str]:
    ends = [sum(_GROUPS[: index + 1]) for index in range(len(_GROUPS))]
    return [nir[end - width : end] for end, width in zip(ends, _GROUPS, strict=True)]
