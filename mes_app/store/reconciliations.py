"""What reconciliation needs to know and to note: which versions of a type are held, and how the last comparison went.

Nothing is removed here (``records.remove_records``), and nothing taken (``pages.save_page``).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from mes_app.store.database import Connection

_LIVE = """
    profile = ? AND type = ? AND rid IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM conflict WHERE conflict.lid = res.lid AND theirs IS NULL)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A record that the server had when last heard of it: its version, and for how many passes it has been missing."""

    ver: str
    missed: int


@dataclass(frozen=True, slots=True)
class Census:
    """The last whole comparison of a type: ``at`` (device's clock, ISO; empty before any), the ``runs`` since.

    ``excess``: how many more the server counted than are held, when all that can be held was. ``live`` are held now,
    of which ``missing`` were not found by the last comparison.
    """

    at: str = ""
    runs: int = 0
    excess: int = 0
    live: int = 0
    missing: int = 0


def get_census(con: Connection, profile: str, resource_type: str) -> Census:
    """How a type stands. Those that wait here for a deletion to be sent count as live."""
    sql = f"SELECT count(*), count(*) FILTER (WHERE missed > 0) FROM res WHERE {_LIVE}"  # noqa: S608 (our own words)
    live, missing = con.execute(sql, (profile, resource_type)).fetchone()
    sql = "SELECT reconciled_at, runs, excess FROM cursor WHERE profile = ? AND type = ?"
    at, runs, excess = con.execute(sql, (profile, resource_type)).fetchone() or ("", 0, 0)
    return Census(at, runs, excess, live, missing)


def save_census(con: Connection, profile: str, resource_type: str, census: Census) -> None:
    """Keep when a type was compared, the runs since and the excess."""
    con.execute(
        "UPDATE cursor SET reconciled_at = ?, runs = ?, excess = ? WHERE profile = ? AND type = ?",
        (census.at, census.runs, census.excess, profile, resource_type),
    )


def list_held(con: Connection, profile: str, resource_type: str) -> dict[str, Held]:
    """The records of a type that the server should have, by its ids; withheld ones too."""
    sql = f"SELECT rid, ver, missed FROM res WHERE {_LIVE}"  # noqa: S608 (our own words)
    return {rid: Held(ver, missed) for rid, ver, missed in con.execute(sql, (profile, resource_type))}


def note_missing(con: Connection, profile: str, resource_type: str, rids: Collection[str]) -> None:
    """These, and no others of the type, were missing once more."""
    named = (profile, resource_type, json.dumps(list(rids)))
    asked = "profile = ? AND type = ? AND rid"
    sql = f"UPDATE res SET missed = missed + 1 WHERE {asked} IN (SELECT value FROM json_each(?))"  # noqa: S608
    con.execute(sql, named)
    sql = f"UPDATE res SET missed = 0 WHERE {asked} NOT IN (SELECT value FROM json_each(?)) AND missed > 0"  # noqa: S608
    con.execute(sql, named)


def forget_order(con: Connection, profile: str, resource_type: str, rid: str, ver: str) -> None:
    """Let version ``ver`` be saved next, though it was removed, or is older than the one held (a restored server)."""
    named = (profile, resource_type, rid)
    con.execute("DELETE FROM tomb WHERE profile = ? AND type = ? AND rid = ?", named)
    con.execute("UPDATE res SET upd = '' WHERE profile = ? AND type = ? AND rid = ? AND ver <> ?", (*named, ver))
