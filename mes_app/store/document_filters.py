"""The documents that a filter leaves, in its order, page by page: each starts after the last row of the one before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mes_app.domain.document_filters import DocumentFilter, Order
from mes_app.domain.folding import fold
from mes_app.domain.record import Row
from mes_app.store.database import Connection
from mes_app.store.records import PAGE
from mes_app.store.rows import SELECTED_ROW, SHOWN_DOCUMENTS, make_row

_PLACES = "SELECT value AS author, key AS place FROM json_each(?)"


@dataclass(frozen=True, slots=True)
class Condition:
    """What ``res`` must answer, with the values of its question marks."""

    sql: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Sequence:
    """The columns that order rows, and how those of the next page compare with them."""

    key: str
    direction: str
    sign: str


_SEQUENCES = {
    Order.NEWEST: _Sequence("date_key, lid", "DESC", "<"),
    Order.OLDEST: _Sequence("date_key, lid", "ASC", ">"),
    Order.TITLE: _Sequence("ranged, lid", "ASC", ">"),
    Order.AUTHOR: _Sequence("-place, date_key, lid", "DESC", "<"),
    Order.EPISODE: _Sequence("date_key, lid", "DESC", "<"),  # who asks for episodes asks ``episodes.list_by_episode``
}


def write_condition(chosen: DocumentFilter) -> Condition:
    """All that ``chosen`` asks but its order, to follow other conditions."""
    asked: list[tuple[str, Any]] = [
        ("category = ?", chosen.category),
        ("subtitle = ?", chosen.author),
        ("date_key >= ?", chosen.from_key),
        ("date_key < ? AND date_key <> ''", chosen.before_key),
        ("source = ?", chosen.source),
        ("folder = ? AND folder <> ''", chosen.folder),
        ("unread = ?", chosen.unread),
    ]
    told = [(sql, value) for sql, value in asked if value]
    if chosen.hidden is not None:
        told.append(("hidden = ?", chosen.hidden))
    return Condition("".join(f" AND {sql}" for sql, _ in told), tuple(value for _, value in told))


def list_documents(
    con: Connection, profile: str, chosen: DocumentFilter, *, after: Row | None = None, limit: int = PAGE
) -> list[Row]:
    """One page of what ``chosen`` leaves, in its order; ``after`` is the last row of the page before."""
    if chosen.order is not Order.NEWEST:
        return _list_part(con, profile, chosen, after=after, limit=limit)
    rows: list[Row] = []
    if after is None or after.pinned:
        rows, after = _list_part(con, profile, chosen, pinned=True, after=after, limit=limit), None
    if len(rows) < limit:
        rows += _list_part(con, profile, chosen, pinned=False, after=after, limit=limit - len(rows))
    return rows


def _list_part(
    con: Connection,
    profile: str,
    chosen: DocumentFilter,
    *,
    pinned: bool | None = None,
    after: Row | None,
    limit: int,
) -> list[Row]:
    """A page of those that are ``pinned`` or are not, None for both, after a row of the same."""
    sequence, condition = _SEQUENCES[chosen.order], write_condition(chosen)
    names = _sort_authors(con, profile) if chosen.order is Order.AUTHOR else []
    values: list[Any] = [*([json.dumps(names)] if names else []), profile, *condition.values]
    start = "" if pinned is None else f" AND pinned = {pinned:d}"
    if after:
        key = _read_key(chosen.order, after, names)
        start += f" AND ({sequence.key}) {sequence.sign} ({', '.join('?' for _ in key)})"
        values += key
    ordered = ", ".join(f"{name} {sequence.direction}" for name in sequence.key.split(", "))
    among = "res INDEXED BY res_pinned" if pinned else "res"
    if names:
        among = f"({_PLACES}) JOIN res ON subtitle = author"
    sql = f"SELECT {SELECTED_ROW} FROM {among} WHERE {SHOWN_DOCUMENTS}{condition.sql}{start} ORDER BY {ordered} LIMIT ?"  # noqa: S608
    return [make_row(found) for found in con.execute(sql, (*values, limit))]


def count_documents(con: Connection, profile: str, chosen: DocumentFilter) -> int:
    """How many documents ``chosen`` leaves."""
    condition = write_condition(chosen)
    sql = f"SELECT count(*) FROM res WHERE {SHOWN_DOCUMENTS}{condition.sql}"  # noqa: S608 (our own conditions)
    (count,) = con.execute(sql, (profile, *condition.values)).fetchone()
    return int(count)


def list_ids(con: Connection, profile: str, chosen: DocumentFilter) -> list[str]:
    """Our ids of all that ``chosen`` leaves, in no order."""
    condition = write_condition(chosen)
    sql = f"SELECT lid FROM res WHERE {SHOWN_DOCUMENTS}{condition.sql}"  # noqa: S608 (our own conditions)
    return [lid for (lid,) in con.execute(sql, (profile, *condition.values))]


def count_by_author(con: Connection, profile: str) -> dict[str, int]:
    """How many documents each author has, the most first; those without are left out."""
    sql = f"SELECT subtitle, count(*) AS many FROM res WHERE {SHOWN_DOCUMENTS} AND subtitle <> '' GROUP BY subtitle"  # noqa: S608
    return dict(con.execute(f"{sql} ORDER BY many DESC, subtitle", (profile,)).fetchall())


def _sort_authors(con: Connection, profile: str) -> list[str]:
    """Every author as a reader sorts them: accents count for nothing. None comes last."""
    found = con.execute(f"SELECT DISTINCT subtitle FROM res WHERE {SHOWN_DOCUMENTS}", (profile,))  # noqa: S608
    return sorted((name for (name,) in found), key=_rank)


def _read_key(order: Order, row: Row, names: Sequence[str]) -> tuple[Any, ...]:
    """The values of the key of ``order`` in ``row``. An author who is gone since leaves the place where they were."""
    match order:
        case Order.TITLE:
            return fold(row.own_title) or row.search, row.id
        case Order.AUTHOR:
            return -_find_place(names, row.subtitle), row.date_key, row.id
        case _:
            return row.date_key, row.id


def _find_place(names: Sequence[str], name: str) -> float:
    if name in names:
        return names.index(name)
    return sum(_rank(known) < _rank(name) for known in names) - 0.5


def _rank(name: str) -> tuple[bool, str, str]:
    return not name, fold(name), name
