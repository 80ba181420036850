"""Names of files that a person reads, safe on every system, and that say nothing a record is identified by.

A title is written by anybody: it may hold a health identity number, a path, or a name that Windows keeps for itself.
"""

import re
from collections import Counter
from itertools import chain, count
from unicodedata import normalize

from mes_app.domain.folding import fold
from mes_app.domain.texts import clean_line

LONGEST = 120
_MOST_BYTES = 240
"""Of a name in UTF-8: file systems take 255."""
_NUMBER = 8
"""Characters kept free for the number of a second file of the same name."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])\s*(\..*)?", re.IGNORECASE)
_IDENTIFIERS = re.compile(
    r"""
    (?<![0-9])[1-478](?:[ ._-]{0,3}[0-9]){4}[ ._-]{0,3}(?:[0-9][ ._-]?[0-9]|2[AB])(?:[ ._-]{0,3}[0-9]){6}  # a NIR
    (?:[ ._-]{0,3}[0-9]{2})?(?![0-9])                    # and its key
    | \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b    # a UUID
    | (?<![0-9.])[0-9]+(?:\.[0-9]+){3,}(?![0-9.])        # an OID
    | [A-Z]*[0-9]{7,}[A-Z]*                              # any other long number: of a file, a stay, a professional
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ENDS = " .-_~"
"""What is no part of a name at its ends: hidden at the start, dropped by Windows at the end."""


def name_file(words: str, extension: str = "", *, otherwise: str = "document", longest: int = LONGEST) -> str:
    """A file name that says ``words``, at most ``longest`` characters; ``otherwise`` where nothing is left of them."""
    ending = f".{extension}" if extension else ""
    stem = _clean(words) or otherwise
    stem = f"_{stem}" if _RESERVED.fullmatch(stem) else stem
    cut = stem[: longest - len(ending)].encode()[: _MOST_BYTES - len(ending)].decode(errors="ignore")
    return f"{cut.rstrip(_ENDS)}{ending}"


class FileNames:
    """Gives each file a place of its own, on systems too that take letters of another case or accent for the same."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._asked: Counter[str] = Counter()

    def take(self, folder: str, words: str, extension: str = "", *, otherwise: str = "document") -> str:
        """A path in ``folder`` (itself a path, or empty) that was not given before: a second one ends with ``(2)``."""
        ending = f".{extension}" if extension else ""
        stem = name_file(words, otherwise=otherwise, longest=LONGEST - len(ending) - _NUMBER)
        path = f"{folder}/{stem}" if folder else stem
        asked = fold(path + ending)
        self._asked[asked] += 1
        numbered = (f"{path} ({number}){ending}" for number in count(max(self._asked[asked], 2)))
        found = next(place for place in chain([path + ending], numbered) if fold(place) not in self._given)
        self._given.add(fold(found))
        return found


def _clean(words: str) -> str:
    """``words`` on one line, without signs that a system takes for something else, nor what identifies anybody."""
    shown = "".join(letter for letter in clean_line(normalize("NFKC", words)) if letter.isprintable())
    return clean_line(_IDENTIFIERS.sub(" ", _FORBIDDEN.sub("-", shown))).strip(_ENDS)
