"""What is asked of many documents at once, by our ids."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.domain.record import Kind, Source
from mes_app.store.database import Connection
from mes_app.store.rows import SHOWN


@dataclass(frozen=True, slots=True)
class Share:
    """Of the documents of one source: how many, hidden from professionals, and pinned."""

    count: int
    hidden: int
    pinned: int


def count_by_source(con: Connection, record_ids: Sequence[str]) -> dict[Source, Share]:
    """The documents among these records, by who added them."""
    sql = f"""
        SELECT source, count(*), sum(hidden), sum(pinned) FROM res
        WHERE {SHOWN} AND kind = ? AND lid IN (SELECT value FROM json_each(?)) GROUP BY source
    """  # noqa: S608 (our own condition)
    found = con.execute(sql, (Kind.DOCUMENTS, json.dumps([*record_ids])))
    return {Source(source): Share(*counts) for source, *counts in found}
