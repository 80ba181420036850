"""What is looked for, and where it stands in a text: whatever the accents, the ligatures and the number.

Text is compared word by word, folded. A query never reaches the store as it was typed: only its words do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from mes_app.domain.folding import fold

MOST_TERMS = 12
LONGEST_TERM = 60
EXCERPT = 160
"""Characters of an excerpt, about two lines of a phone."""
BEFORE = 50
"""How many of them come before the first hit."""

_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'")
_JOINED = ("oe", "ae", "ss", "fi", "fl", "ff")
_LETTERS = tuple(map(chr, (*range(0xC0, 0x250), *range(0xFB00, 0xFB03))))
_SHORTEST_INFLECTED = 4


class Place(IntEnum):
    """Where all that is looked for was found, the best place first."""

    TITLE = 0
    AUTHOR = 1
    TEXT = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for, folded: ``forms`` are the word itself, then its other number.

    ``begun``: it may be only the beginning of a word, as the last one is while it is typed.
    """

    forms: tuple[str, ...]
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words of a text; ``hits`` are the places (start, end) of what was looked for."""

    text: str
    hits: tuple[tuple[int, int], ...]


def split_words(text: str) -> list[str]:
    """The words of ``text``, folded, in their order."""
    return _WORD.findall(fold(text))


def parse_query(text: str) -> tuple[Term, ...]:
    """What to look for; nothing when ``text`` holds no word. What is elided (l', d', qu'…) is not looked for."""
    words = [word[:LONGEST_TERM] for word in _WORD.findall(_ELISION.sub(" ", fold(text)))][:MOST_TERMS]
    terms = [Term(_list_forms(word)) for word in words[:-1]]
    terms += [Term(_list_forms(word), begun=len(word) > 1) for word in words[-1:]]
    return tuple(terms)


def holds_all(text: str, terms: Sequence[Term]) -> bool:
    """Whether each of ``terms`` is a word of ``text`` or, whichever it is of them, the beginning of one."""
    words = split_words(text)
    return all(any(word.startswith(term.forms[0]) or word in term.forms for word in words) for term in terms)


def find_hits(text: str, terms: tuple[Term, ...]) -> tuple[tuple[int, int], ...]:
    """Where ``terms`` stand in ``text``, whose letters are composed; of a word that is begun, its beginning only."""
    return tuple(found.span() for found in _make_pattern(terms).finditer(text)) if terms else ()


def make_excerpt(text: str, terms: tuple[Term, ...]) -> Excerpt | None:
    """The words around the first hit; None where there is none."""
    first = _make_pattern(terms).search(text) if terms else None
    if first is None:
        return None
    start = _next_word(text, max(first.start() - BEFORE, 0), first.start())
    end = _last_word(text, max(start + EXCERPT, first.end()))
    shown = f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"
    return Excerpt(shown, find_hits(shown, terms))


def forget_queries() -> None:
    """Drop what Python remembers of all that was looked for: every pattern it made."""
    re.purge()


def _next_word(text: str, start: int, hit: int) -> int:
    """Where the first whole word after ``start`` begins, or the hit where there is no other."""
    space = text.find(" ", start, hit) if start else -1
    return space + 1 if space >= 0 else start if start == 0 else hit


def _last_word(text: str, end: int) -> int:
    """Where the last whole word before ``end`` ends."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - EXCERPT // 4, end + 1)
    return space if space >= 0 else end


def _list_forms(word: str) -> tuple[str, ...]:
    if len(word) < _SHORTEST_INFLECTED or not word.isalpha():
        return (word,)
    forms = [word, f"{word}s", f"{word}x"]
    if word[-1] in "sx":
        forms = [word, word[:-1]]
    if word.endswith("aux"):
        forms.append(f"{word[:-3]}al")
    if word.endswith("al"):
        forms.append(f"{word[:-2]}aux")
    return tuple(forms)


@cache
def _list_variants() -> dict[str, str]:
    """For a folded letter, or two that are written as one, all that folds to it: e → eEéèê…, oe → œŒ."""
    variants: dict[str, str] = {}
    for letter in _LETTERS:
        variants[fold(letter)] = variants.get(fold(letter), "") + letter
    return variants


def _make_pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    """Any of ``terms``, in whatever letters, as a whole word or as the beginning of one."""
    words = []
    for term in terms:
        forms = "|".join(_spell(form) for form in sorted(term.forms, key=len, reverse=True))
        words.append(f"(?:{_spell(term.forms[0])}|(?:{forms})(?![^\\W_]))" if term.begun else f"(?:{forms})(?![^\\W_])")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})")


def _spell(word: str) -> str:
    """The pattern of a folded word."""
    variants, parts, at = _list_variants(), [], 0
    while at < len(word):
        one, two = word[at], word[at : at + 2]
        spelled = f"[{re.escape(one + one.upper())}{variants.get(one, '')}]"
        if two in _JOINED:
            other = word[at + 1]
            both = f"{spelled}[{other}{other.upper()}{variants.get(other, '')}]"
            spelled = f"(?:[{variants[two]}]|{both})"
            at += 1
        parts.append(spelled)
        at += 1
    return "".join(parts)
