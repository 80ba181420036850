"""The documents of a person by episode, page by page: the episode that ended last comes first, in it the newest.

Episodes are found anew by each query, from an index alone, and nothing of them is kept.
"""

import json
from collections.abc import Iterator
from itertools import chain, dropwhile, islice

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter, Order
from mes_app.domain.episodes import Episode, Mark, list_episodes
from mes_app.domain.record import Row
from mes_app.store.database import Connection
from mes_app.store.document_filters import list_ids
from mes_app.store.records import PAGE
from mes_app.store.rows import SELECTED_ROW, SHOWN_DOCUMENTS, make_row

_MARKS = f"SELECT date_key, lid, stay, organization, subtitle FROM res INDEXED BY res_by_stay WHERE {SHOWN_DOCUMENTS}"  # noqa: S608


def list_by_episode(
    con: Connection, profile: str, chosen: DocumentFilter, *, after: Row | None = None, limit: int = PAGE
) -> list[tuple[Row, Episode]]:
    """One page of what ``chosen`` leaves, each with its episode; ``after`` is the last row of the page before."""
    parts = list_episodes(map(Mark._make, con.execute(_MARKS, (profile,))))
    asked = chosen.model_copy(update={"order": Order.NEWEST})
    left = None if asked == EVERY_DOCUMENT else frozenset(list_ids(con, profile, asked))
    members: Iterator[tuple[str, list[Mark]]] = (
        (mark.id, part) for part in parts for mark in part if left is None or mark.id in left
    )
    if after:
        members = islice(dropwhile(lambda member: member[0] != after.id, members), 1, None)
    page = list(islice(members, limit))
    rows = _read_rows(con, set(chain.from_iterable((lid, part[0].id, part[-1].id) for lid, part in page)))
    return [(rows[lid], _tell(part, rows)) for lid, part in page]


def _read_rows(con: Connection, ids: set[str]) -> dict[str, Row]:
    sql = f"SELECT {SELECTED_ROW} FROM res WHERE lid IN (SELECT named.value FROM json_each(?) AS named)"  # noqa: S608 (our own names)
    found = con.execute(sql, (json.dumps([*ids]),))
    return {row.id: row for row in map(make_row, found)}


def _tell(part: list[Mark], rows: dict[str, Row]) -> Episode:
    first, last = rows[part[-1].id], rows[part[0].id]
    return Episode(part[-1].id, last.organization or last.subtitle, first.date, last.date, len(part))
