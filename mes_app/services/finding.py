"""Finding the entries of the health profile by their words, on this device only."""

from collections.abc import Mapping, Sequence

from mes_app.domain.record import Kind, Row
from mes_app.domain.searching import Term, holds_all, parse_query
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.domain.shown_measures import show_row
from mes_app.services.decoding import list_member_rows
from mes_app.services.measure_history import SERIES_POINTS
from mes_app.services.measure_rows import list_values, open_book
from mes_app.services.pregnancies import list_hidden
from mes_app.store.database import Connection
from mes_app.store.finding import find_rows, mark_values

FOUND = (*SECTIONS, *BOOKLET, Kind.RESULTS)
"""Every kind of which entries are found."""

MOST = 60
"""So many of the newest are looked at to tell which are the best."""

_BY_RECORD = tuple(kind for kind in FOUND if kind is not Kind.PROFESSIONALS)
_AMONG = f"kind IN ({mark_values(_BY_RECORD)}) AND (kind <> '{Kind.MEASURES}' OR category = '')"


def find_entries(con: Connection, pid: str, text: str, names: Mapping[str, str], limit: int = MOST) -> list[Row]:
    """The best ``limit`` entries that say every word of ``text``: in their title first, then the newest.

    Each word may be only begun; nothing is found where ``text`` holds none. A measure is found by its name, of which
    ``names`` tells those that have one, as its newest value.
    """
    terms = parse_query(text)
    if not terms:
        return []
    hidden = list_hidden(con, pid)
    records = [row for row in find_rows(con, pid, terms, _AMONG, _BY_RECORD, limit=MOST) if row.id not in hidden]
    members = [row for row in list_member_rows(con, pid) if holds_all(f"{row.title} {row.subtitle}", terms)]
    measures = [name for name, words in names.items() if holds_all(words, terms)]
    found = [*_find_measures(con, pid, measures), *members, *records]
    newest = sorted(found, key=lambda row: row.date_key, reverse=True)
    return sorted(newest, key=lambda row: not _is_named(row, names, terms))[:limit]


def _find_measures(con: Connection, pid: str, wanted: Sequence[str]) -> list[Row]:
    """The newest value of each measure ``wanted`` that has one, in the unit chosen for it."""
    if not wanted:
        return []
    book = open_book(con, pid)
    newest = [list_values(con, book, measure, SERIES_POINTS)[:1] for measure in book.measures if measure in wanted]
    return [show_row(row, book.units) for rows in newest for row in rows]


def _is_named(row: Row, names: Mapping[str, str], terms: Sequence[Term]) -> bool:
    return holds_all(names.get(row.category, row.title) if row.kind is Kind.MEASURES else row.title, terms)
