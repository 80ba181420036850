"""Look words up by dotted key. The language is chosen once for the process, as with gettext."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale

LANGUAGES = ("fr", "en")
_SPACES = {"\u00a0": re.compile(r" (?=[:\u00bb])|(?<=\u00ab) "), "\u202f": re.compile(r" (?=[;?%])")}
"""The French spaces beside a sign of punctuation, which stays on the line of its word."""
_current = "fr"


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, French first."""
    return LANGUAGES


def use(language: str) -> None:
    """Speak ``language`` from now on; an unknown one leaves French."""
    global _current  # noqa: PLW0603 - one language per process, as gettext does
    _current = language if language in LANGUAGES else "fr"


def locale() -> Locale:
    """The Babel locale of the current language."""
    return Locale.parse({"fr": "fr_FR", "en": "en_GB"}[_current])


def t(key: str, /, **values: object) -> str:
    """The words of ``key``, with ``{name}`` filled from ``values``. ``count`` picks ``one`` or ``other`` forms.

    Raises KeyError for a key that no catalogue has: a missing word is a fault of ours, found by the tests.
    """
    entry = catalogue(_current)[key]
    if isinstance(entry, dict):
        form = locale().plural_form(int(str(values["count"])))
        entry = entry.get(form, entry["other"])
    return str(entry).format(**values) if values else str(entry)


def find(key: str) -> str | None:
    """The words of ``key``, or None where no catalogue has them: for codes that come from outside."""
    entry = catalogue(_current).get(key)
    return entry if isinstance(entry, str) else None


@cache
def catalogue(language: str) -> dict[str, str | dict[str, str]]:
    """All words of a language by dotted key; plural entries are tables with ``one`` and ``other``."""
    words: dict[str, str | dict[str, str]] = {}
    for topic in files("mes_app.i18n").joinpath(language).iterdir():
        if topic.name.endswith(".toml"):
            table = tomllib.loads(topic.read_text("utf-8"))
            words.update(_flat(table, topic.name.removesuffix(".toml")))
    return words


def _flat(table: dict[str, Any], prefix: str) -> dict[str, str | dict[str, str]]:
    flat: dict[str, str | dict[str, str]] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict) and "other" not in value:
            flat.update(_flat(value, key))
        elif isinstance(value, dict):
            flat[key] = {form: _bind(words) for form, words in value.items()}
        else:
            flat[key] = _bind(value)
    return flat


def _bind(words: str) -> str:
    for space, place in _SPACES.items():
        words = place.sub(space, words)
    return words
