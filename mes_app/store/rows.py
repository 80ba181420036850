"""Between the overview columns of ``res``, named as the fields of Overview, and the Row that lists show."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from mes_app.domain.record import ContentState, Kind, Overview, Row, Source

OVERVIEW_COLUMNS = tuple(field.name for field in fields(Overview))
_ROW_FIELDS = tuple(field.name for field in fields(Row))
SELECTED_ROW = ", ".join("lid" if name == "id" else name for name in _ROW_FIELDS)
"""What to select for ``make_row``."""

read_overview: Callable[[Overview], tuple[Any, ...]] = attrgetter(*OVERVIEW_COLUMNS)
"""The values of the overview columns, in their order."""


def make_row(values: Sequence[Any]) -> Row:
    """The Row of a selection that begins with SELECTED_ROW."""
    named = dict(zip(_ROW_FIELDS, values, strict=False))
    named["kind"] = Kind(named["kind"])
    named["source"] = Source(named["source"])
    named["content"] = ContentState(named["content"])
    for flag in ("hidden", "withheld", "unread"):
        named[flag] = bool(named[flag])
    return Row(**named)
