"""Reach into FHIR JSON without trusting its shape: a missing or misplaced element reads as nothing.

Never index a resource directly elsewhere in this package: servers send text for objects and objects for lists.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mes_app.domain.texts import UNSEEN

Json = dict[str, Any]

LINE_LIMIT = 300
TEXT_LIMIT = 20_000
LIST_LIMIT = 100
EXPONENT_LIMIT = 30


def child(node: Json, name: str) -> Json:
    """The object under ``name``, or the first one of a list; empty when there is none."""
    value = node.get(name)
    if type(value) is dict:
        return value
    if type(value) is list:
        return next((item for item in value if type(item) is dict), {})
    return {}


def children(node: Json, name: str) -> list[Json]:
    """The objects listed under ``name``, at most LIST_LIMIT; a lone object counts as a list of one."""
    value = node.get(name)
    if type(value) is list:
        return [item for item in value[:LIST_LIMIT] if type(item) is dict]
    return [value] if type(value) is dict else []


def every(node: Json, name: str) -> list[Json]:
    """The same, however many there are: for who writes the list anew."""
    value = node.get(name)
    return [item for item in value if type(item) is dict] if type(value) is list else children(node, name)


def line(value: object) -> str:
    """Text on one line, of at most LINE_LIMIT characters; empty for anything but text."""
    if type(value) is not str or not value:
        return ""
    text = value[: LINE_LIMIT + 1]
    if not text.isprintable():
        text = UNSEEN.sub("", text)
    return shorten(" ".join(text.split()), LINE_LIMIT)


def paragraph(value: object) -> str:
    """Text with its line breaks, of at most TEXT_LIMIT characters; empty for anything but text."""
    if type(value) is not str:
        return ""
    return shorten(UNSEEN.sub("", value[: TEXT_LIMIT + 1]).strip(), TEXT_LIMIT)


def shorten(text: str, limit: int) -> str:
    """``text``, ending in an ellipsis where it had to be cut at ``limit`` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def lines(node: Json, name: str) -> Iterator[str]:
    """The texts listed under ``name``, each on one line; a lone text counts as a list of one."""
    value = node.get(name)
    items = value[:LIST_LIMIT] if type(value) is list else [value]
    return (text for text in map(line, items) if text)


def number(value: object) -> Decimal | None:
    """A JSON number, or text that is one, exactly as written; None for anything else or beyond 10^±EXPONENT_LIMIT."""
    if type(value) not in (int, float, str, Decimal):
        return None
    try:
        found = Decimal(str(value))
    except (ArithmeticError, ValueError):
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= EXPONENT_LIMIT else None
