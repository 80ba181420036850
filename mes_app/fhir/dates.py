"""Dates of a resource: dateTime, instant and Period elements, as written."""

import re

from mes_app.domain.values import PARIS, PartialDate, sort_key
from mes_app.fhir.elements import Json, child, children

DATE_LIMIT = 40
EXACT = "urn:mes-carnets:exact-date"
"""What is known more exactly of a bound of a Period than FHIR can compare with the other: ours, on the bound."""
GIVEN = "urn:mes-carnets:given-date"
"""Of an instant of which only the day, the month or the year is known, what is: ours, on the instant."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def date_text(node: Json, *names: str) -> str:
    """The first of the elements ``names`` that holds a date, as written; of a Period, its start, else its end."""
    for name in names:
        value = node.get(name)
        if type(value) is dict:
            value = _bound(value, "start") or _bound(value, "end")
        if type(value) is str and len(value) <= DATE_LIMIT and sort_key(value):
            return value
    return ""


def read_date(node: Json, *names: str) -> PartialDate | None:
    """The same as a value; None when there is none."""
    text = date_text(node, *names)
    return PartialDate(text=text) if text else None


def read_start(node: Json, *names: str) -> PartialDate | None:
    """The first of the elements ``names`` that is a date or a Period with a start."""
    starts = {name: _bound(node.get(name), "start") for name in names}
    return read_date(starts, *names)


def read_end(node: Json, *names: str) -> PartialDate | None:
    """The first of the elements ``names`` that is a date or a Period with an end."""
    ends = {name: _bound(node.get(name), "end") for name in names}
    return read_date(ends, *names)


def instant_text(date: PartialDate | None) -> str:
    """A date where FHIR wants an instant: as written when it is one, else its first moment; empty without one."""
    if date is None or date.start is None:
        return ""
    return date.text if _INSTANT.fullmatch(date.text) else date.start.astimezone(PARIS).isoformat(timespec="seconds")


def given_text(node: Json, name: str) -> str:
    """The instant ``name`` as far as it is known: what was given of it is believed where it is its first moment."""
    stated = date_text(node, name)
    beside = children(child(node, f"_{name}"), "extension")
    given = (str(each.get("valueDateTime")) for each in beside if each.get("url") == GIVEN)
    return next((text for text in given if stated and sort_key(text) == sort_key(stated)), stated)


def _bound(value: object, side: str) -> object:
    """A bound as exactly as it is known: what is more exact is believed where it is no other date."""
    if type(value) is not dict:
        return value
    stated = value.get(side)
    beside = children(child(value, f"_{side}"), "extension")
    exact = (str(each.get("valueDateTime")) for each in beside if each.get("url") == EXACT)
    return next((text for text in exact if text.startswith(str(stated)) and sort_key(text)), stated)
