"""The records that are linked to one, whichever of the two says so, and those that could be. All of one person."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.searching import Term, parse_query
from mes_app.store.database import Connection
from mes_app.store.finding import find_rows, mark_values
from mes_app.store.references import find_address
from mes_app.store.rows import OPENABLE, SELECTED_ROW, make_row

MOST = 60
_LINKED = 100
"""More are read, as some of them are linked already."""
_URN = "urn:uuid:"
_OWN = (Source.SELF, Source.RELATIVE)
_BEHIND = f"""
    SELECT {SELECTED_ROW} FROM res INDEXED BY res_linked
    WHERE {OPENABLE} AND profile = ? AND linked <> '' AND ({{}}) ORDER BY date_key DESC, lid DESC
"""  # noqa: S608 (named: without statistics SQLite would read every record of the profile)
_FIND = f"SELECT {SELECTED_ROW} FROM res WHERE {OPENABLE} AND profile = ? AND "  # noqa: S608 (our own column names)


def list_addresses(con: Connection, record_id: str) -> list[str]:
    """All that a record may be called by another: as the server names it, and as we do."""
    return [address for address in (find_address(con, record_id), f"{_URN}{record_id}") if address]


def list_rows(con: Connection, profile: str, record_ids: Sequence[str]) -> list[Row]:
    """The records of ``profile`` with these ids of ours that may be opened, in this order."""
    found = (_find(con, profile, f"{_URN}{record_id}") for record_id in record_ids)
    return [one for one in found if one]


def list_ahead(con: Connection, row: Row) -> list[Row]:
    """The records that ``row`` says it is linked to and that may be opened, in the order it says so."""
    found = (_find(con, row.profile, address) for address in json.loads(row.linked or "[]"))
    return [one for one in found if one]


def list_behind(con: Connection, row: Row) -> list[Row]:
    """The records that say they are linked to ``row`` and may be opened, the newest first."""
    addresses = [f'"{address}"' for address in list_addresses(con, row.id)]
    said = " OR ".join("instr(linked, ?)" for _ in addresses)
    return [make_row(one) for one in con.execute(_BEHIND.format(said), (row.profile, *addresses))]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records of one kind, of these FHIR types; ``own``: only those that the person or somebody around them wrote."""

    kind: Kind
    types: tuple[str, ...]
    own: bool


def list_candidates(
    con: Connection, profile: str, wanted: Sequence[Wanted], without: Sequence[str], text: str = ""
) -> list[Row]:
    """The newest of what is ``wanted``, at most MOST, but those ``without``, by ``text`` as ``find_rows`` finds."""
    terms = parse_query(text)
    found = [row for one in wanted for row in _list_wanted(con, profile, one, terms) if row.id not in without]
    return sorted(found, key=lambda row: (row.date_key, row.id), reverse=True)[:MOST]


def _list_wanted(con: Connection, profile: str, wanted: Wanted, terms: Sequence[Term]) -> list[Row]:
    sources = _OWN if wanted.own else tuple(Source)
    among = f"kind = ? AND type IN ({mark_values(wanted.types)}) AND source IN ({mark_values(sources)})"
    return find_rows(con, profile, terms, among, (wanted.kind, *wanted.types, *sources), limit=MOST + _LINKED)


def _find(con: Connection, profile: str, address: str) -> Row | None:
    if address.startswith(_URN):
        found = con.execute(_FIND + "lid = ?", (profile, address.removeprefix(_URN))).fetchone()
    else:
        found = con.execute(_FIND + "type = ? AND rid = ?", (profile, *address.split("/"))).fetchone()
    return make_row(found) if found else None
