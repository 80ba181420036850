"""The narrative of a resource (``text.div``) as plain text: tags, scripts and comments never leave this module.

Read by cutting at tags, once, left to right: an HTML parser raises on odd input and is slow on hostile input.
"""

import re
from html import unescape

from mes_app.fhir.elements import LINE_LIMIT, TEXT_LIMIT, Json, child, line, paragraph

_TAG = re.compile(r"(<!--|-->|<[^<>]*>)")
_NAME = re.compile(r"</?\s*([a-z0-9]+)", re.IGNORECASE)
_SILENT = {"script", "style", "head", "title", "object", "iframe", "svg"}
_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"}
_MARKUP_FACTOR = 10


def narrative_text(resource: Json) -> str:
    """What the narrative says, with line breaks; empty when there is none."""
    div = child(resource, "text").get("div")
    if type(div) is not str:
        return ""
    rows = (" ".join(row.split()) for row in _visible(div[: TEXT_LIMIT * _MARKUP_FACTOR]).splitlines())
    return paragraph("\n".join(row for row in rows if row))


def narrative_line(resource: Json) -> str:
    """The beginning of the narrative on one line."""
    return line(narrative_text(resource)[: LINE_LIMIT + 1])


def _visible(markup: str) -> str:
    parts: list[str] = []
    silent = 0
    for position, piece in enumerate(_TAG.split(markup)):
        if position % 2:
            silent = max(silent + _silence(piece), 0)
            parts.append("\n" if _tag_name(piece) in _BREAKS else " " if _tag_name(piece) == "td" else "")
        elif not silent:
            parts.append(unescape(piece))
    return "".join(parts)


def _silence(piece: str) -> int:
    """1 where a reader would stop seeing text, -1 where it sees it again, 0 elsewhere."""
    if piece in ("<!--", "-->"):
        return 1 if piece == "<!--" else -1
    if _tag_name(piece) not in _SILENT or piece.endswith("/>"):
        return 0
    return -1 if piece.startswith("</") else 1


def _tag_name(piece: str) -> str:
    found = _NAME.match(piece)
    return found[1].lower() if found else ""
