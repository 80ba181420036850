"""All that is kept of a person, for them to take away. What they may not see, or deleted, is never among it.

Unlike a list, an archive leaves out neither copies nor former versions.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.domain.record import Kind, Row
from mes_app.store.database import Connection
from mes_app.store.rows import OPENABLE, SELECTED_ROW, make_row

_THEIRS = f"{OPENABLE} AND profile = ?"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much an archive would hold: documents, their bytes, and how many of them only the server has."""

    documents: int
    size: int
    away: int


def measure_dossier(con: Connection, profile: str) -> Extent:
    """The documents of a profile. ``size`` counts those on the server only as large as it says."""
    sql = f"""
        SELECT count(*), coalesce(sum(coalesce(blob.size, res.size)), 0),
               count(iif(blob.lid IS NULL AND content IN ('remote', 'freed'), 1, NULL))
        FROM res LEFT JOIN blob USING (lid) WHERE {_THEIRS} AND kind = ?
    """  # noqa: S608 (our own condition)
    return Extent(*con.execute(sql, (profile, Kind.DOCUMENTS)).fetchone())


def list_dossier(con: Connection, profile: str) -> list[Row]:
    """Every record of a profile, the newest first."""
    sql = f"SELECT {SELECTED_ROW} FROM res WHERE {_THEIRS} ORDER BY date_key DESC, lid DESC"  # noqa: S608
    return [make_row(found) for found in con.execute(sql, (profile,))]


def read_bodies(con: Connection, profile: str, record_ids: Sequence[str]) -> list[tuple[str, bytes]]:
    """The bodies of these records of a profile, by id: as last written here, else as the server has them.

    Of those that went meanwhile there is none.
    """
    sql = f"""
        SELECT lid, coalesce(overlay, mirror) FROM json_each(?) AS named
        CROSS JOIN res ON res.lid = named.value JOIN body USING (lid)
        WHERE {_THEIRS} AND coalesce(overlay, mirror) IS NOT NULL
    """  # noqa: S608
    return [(lid, bytes(body)) for lid, body in con.execute(sql, (json.dumps(list(record_ids)), profile))]
