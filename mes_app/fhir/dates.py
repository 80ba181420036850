"""Dates of a resource: dateTime, instant and Period elements, as written."""

from mes_app.domain.values import PartialDate, sort_key
from mes_app.fhir.elements import Json

DATE_LIMIT = 40


def date_text(node: Json, *names: str) -> str:
    """The first of the elements ``names`` that holds a date, as written; of a Period, its start, else its end."""
    for name in names:
        value = node.get(name)
        if type(value) is dict:
            value = value.get("start") or value.get("end")
        if type(value) is str and len(value) <= DATE_LIMIT and sort_key(value):
            return value
    return ""


def read_date(node: Json, *names: str) -> PartialDate | None:
    """The same as a value; None when there is none."""
    text = date_text(node, *names)
    return PartialDate(text=text) if text else None


def read_end(node: Json, *names: str) -> PartialDate | None:
    """The first of the elements ``names`` that is a date or a Period with an end."""
    ends = {name: _end(node.get(name)) for name in names}
    return read_date(ends, *names)


def _end(value: object) -> object:
    return value.get("end") if type(value) is dict else value
