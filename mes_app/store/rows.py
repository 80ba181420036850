"""Between the overview columns of ``res``, named as the fields of Overview, and the Row that lists show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from mes_app.domain.record import ContentState, Kind, Overview, Row, Source

OVERVIEW_COLUMNS = tuple(field.name for field in fields(Overview))
_ROW_FIELDS = tuple(field.name for field in fields(Row))
SELECTED_ROW = ", ".join("lid" if name == "id" else name for name in _ROW_FIELDS)
"""What to select for ``make_row``."""

OPENABLE = "withheld = 0 AND deleted = 0"
"""The condition on ``res`` of all that may be opened."""

OPENABLE_DOCUMENTS = f"{OPENABLE} AND kind = '{Kind.DOCUMENTS}'"
"""The condition on ``res`` of the documents that may be opened."""

SHOWN = f"{OPENABLE} AND behind = 0"
"""The condition on ``res`` of all that is listed, counted or found, a document once; word for word that of its partial
indexes."""

SHOWN_DOCUMENTS = f"{SHOWN} AND profile = ? AND kind = '{Kind.DOCUMENTS}'"
"""The condition on ``res`` of the documents of a profile; its value is the pid."""

WITHHELD = Overview(kind=Kind.OTHER, withheld=True)
"""What is kept of a record that the person may not see."""

read_overview: Callable[[Overview], tuple[Any, ...]] = attrgetter(*OVERVIEW_COLUMNS)
"""The values of the overview columns, in their order."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One resource as received: server type and id, version, ``upd`` (meta.lastUpdated), JSON body, and its overview.

    ``ver`` differs whenever the resource does: where a server gives none, the caller makes one. ``has_content``: a
    document says where its content is.
    """

    type: str
    rid: str
    ver: str
    upd: str
    body: bytes
    overview: Overview
    has_content: bool = True


def assign_columns(values: Mapping[str, str]) -> str:
    """The SET of columns of ``res``, each with its SQL expression, ``source`` and ``withheld`` among them.

    A source that is known stays where the new version does not tell it: not every server keeps what an author says.
    """
    source, withheld = values["source"], values["withheld"]
    kept = {"source": f"iif({source} = '{Source.UNKNOWN}' AND NOT {withheld}, source, {source})"}
    return ", ".join(f"{name} = {value}" for name, value in {**values, **kept}.items())


def make_row(values: Sequence[Any]) -> Row:
    """The Row of a selection that begins with SELECTED_ROW."""
    named = dict(zip(_ROW_FIELDS, values, strict=False))
    named["kind"] = Kind(named["kind"])
    named["source"] = Source(named["source"])
    named["content"] = ContentState(named["content"])
    for flag in ("hidden", "withheld", "unread", "kept", "pinned"):
        named[flag] = bool(named[flag])
    return Row(**named)
