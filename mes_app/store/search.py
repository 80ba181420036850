"""Searching the documents of one profile by title, author and content, and keeping the words that takes.

Only folded words are ever given to MATCH. What is no longer shown, triggers take out of the index.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter
from mes_app.domain.laboratory import Analyte
from mes_app.domain.record import Change, Kind, Row
from mes_app.domain.searching import Place, Term, split_words
from mes_app.store.analytes import pack_analytes, put_analytes
from mes_app.store.database import Connection
from mes_app.store.document_filters import write_condition
from mes_app.store.records import PAGE
from mes_app.store.rows import SELECTED_ROW, SHOWN, SHOWN_DOCUMENTS, make_row

_COLUMNS = {Place.TITLE: "title", Place.AUTHOR: "title author", Place.TEXT: "title author text"}
_HIT = "id IN (SELECT rowid FROM words WHERE words MATCH ?)"
_FIND = f"""
    WITH found AS (
        SELECT lid AS found_lid, place FROM (
            SELECT lid, date_key, iif({_HIT}, {Place.TITLE:d}, iif({_HIT}, {Place.AUTHOR:d}, {Place.TEXT:d})) AS place
            FROM searched CROSS JOIN res USING (lid)
            WHERE {_HIT} AND {SHOWN} AND profile = ? AND kind = '{Kind.DOCUMENTS}'{{conditions}}
        )
        WHERE place > ? OR (place = ? AND (date_key, lid) < (?, ?))
        ORDER BY place, date_key DESC, lid DESC LIMIT ?
    )
    SELECT {SELECTED_ROW}, place FROM found CROSS JOIN res ON lid = found_lid
    ORDER BY place, date_key DESC, lid DESC
"""  # noqa: S608 (our own column names)
_PUT_WORDS = "INSERT OR REPLACE INTO words (rowid, title, author, text) VALUES (?, ?, ?, ?)"
_LAST = "\U0010ffff"
"""Sorts after every date and every id."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that was found, and where; ``text`` is that of its content where it was found there only."""

    row: Row
    place: Place
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A document whose words are to be read; ``digest`` (SHA-256) is None where its content is not here."""

    record_id: str
    digest: bytes | None


@dataclass(frozen=True, slots=True)
class Words:
    """What was read in a content: its text, packed, its words, and the results it holds. Made by ``pack_words``."""

    text: bytes | None
    words: str
    analytes: bytes | None = None


def pack_words(text: str, analytes: Sequence[Analyte] = ()) -> Words:
    """What the index keeps of a content. Long work for a long text: not for the thread of the store."""
    return Words(zlib.compress(text.encode()) if text else None, _join(text), pack_analytes(analytes))


def find_documents(
    con: Connection,
    profile: str,
    terms: Sequence[Term],
    *,
    chosen: DocumentFilter = EVERY_DOCUMENT,
    after: Match | None = None,
    limit: int = PAGE,
) -> list[Match]:
    """One page of what holds all of ``terms`` (at least one) and ``chosen`` leaves; ``after``: the last one before it.

    Found in the title first, then by the author, then in the content; the newest first among those.
    """
    queries = [_write_match(terms, _COLUMNS[place]) for place in Place]
    place, key = (after.place, (after.row.date_key, after.row.id)) if after else (-1, (_LAST, _LAST))
    condition = write_condition(chosen)
    values = (*queries, profile, *condition.values, place, place, *key, limit)
    found = con.execute(_FIND.format(conditions=condition.sql), values).fetchall()
    return [_make_match(con, make_row(row), Place(row[-1])) for row in found]


def list_found_ids(con: Connection, profile: str, terms: Sequence[Term], chosen: DocumentFilter) -> list[str]:
    """Our ids of all that ``find_documents`` gives page by page, in no order."""
    condition = write_condition(chosen)
    sql = f"SELECT lid FROM searched CROSS JOIN res USING (lid) WHERE {_HIT} AND {SHOWN_DOCUMENTS}{condition.sql}"  # noqa: S608
    values = (_write_match(terms, _COLUMNS[Place.TEXT]), profile, *condition.values)
    return [lid for (lid,) in con.execute(sql, values)]


def index_names(con: Connection, _changes: frozenset[Change] = frozenset()) -> None:
    """Take the titles and authors that changed into the index. Due before each commit: it then always knows them."""
    sql = """
        SELECT id, title || ' ' || own_title, subtitle, text
        FROM searched JOIN res USING (lid) LEFT JOIN searched_text USING (id) WHERE named = 0
    """
    rows = [(key, *map(_join, (title, author, _unpack(text)))) for key, title, author, text in con.execute(sql)]
    con.executemany(_PUT_WORDS, rows)
    if rows:
        con.execute("UPDATE searched SET named = 1 WHERE named = 0")


def list_unread(con: Connection, limit: int) -> list[Unread]:
    """Documents that came or whose content did, and were not read since."""
    sql = "SELECT lid, sha256 FROM searched LEFT JOIN blob USING (lid) WHERE read = 0 ORDER BY id DESC LIMIT ?"
    return [Unread(*found) for found in con.execute(sql, (limit,))]


def count_unread(con: Connection) -> int:
    """How many of those there are."""
    (count,) = con.execute("SELECT count(*) FROM searched WHERE read = 0").fetchone()
    return int(count)


def save_words(con: Connection, page: Sequence[tuple[Unread, Words | None]]) -> None:
    """Keep what was read, None where there is nothing new to read; not where the content changed meanwhile."""
    current = "lid = ? AND (SELECT sha256 FROM blob WHERE blob.lid = searched.lid) IS ?"
    sql = f"UPDATE searched SET read = 1 WHERE {current} RETURNING id"  # noqa: S608 (our own condition)
    for unread, words in page:
        found = con.execute(sql, (unread.record_id, unread.digest)).fetchone()
        if found and words is not None:
            _put_words(con, unread.record_id, found[0], words)


def _put_words(con: Connection, record_id: str, key: int, words: Words) -> None:
    con.execute("DELETE FROM searched_text WHERE id = ?", (key,))
    if words.text:
        con.execute("INSERT INTO searched_text VALUES (?, ?)", (key, words.text))
    sql = "SELECT profile, title || ' ' || own_title, subtitle FROM res WHERE lid = ?"
    profile, title, author = con.execute(sql, (record_id,)).fetchone()
    put_analytes(con, profile, key, words.analytes)
    con.execute(_PUT_WORDS, (key, _join(title), _join(author), words.words))


def _make_match(con: Connection, row: Row, place: Place) -> Match:
    if place is not Place.TEXT:
        return Match(row, place)
    sql = "SELECT text FROM searched JOIN searched_text USING (id) WHERE lid = ?"
    found = con.execute(sql, (row.id,)).fetchone()
    return Match(row, place, _unpack(found[0]) if found else "")


def _write_match(terms: Sequence[Term], columns: str) -> str:
    """The query for ``terms`` in ``columns``. Forms hold letters and digits only: nothing in them is an operator."""
    return " AND ".join(f"{{{columns}}} : ({' OR '.join(_list_tokens(term))})" for term in terms)


def _list_tokens(term: Term) -> list[str]:
    first, *others = (f'"{form}"' for form in term.forms)
    return [f"{first} *" if term.begun else first, *others]


def _join(text: str) -> str:
    """Each word of ``text`` once: the index keeps neither their places nor their number."""
    return " ".join(dict.fromkeys(split_words(text)))


def _unpack(text: Any) -> str:
    return zlib.decompress(text).decode() if text else ""
