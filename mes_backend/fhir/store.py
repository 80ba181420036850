"""Where versions are written and found. Only ``append`` writes: body, index and compartments in one transaction.

No right is checked here: callers ask ``visibility`` first.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Table, bindparam, delete, func, insert, literal, select

from mes_backend.database import reading, writing
from mes_backend.fhir.dates import PARIS, count_microseconds
from mes_backend.fhir.parameters import collect_facts
from mes_backend.fhir.tables import compartments, resources, terms, versions
from mes_backend.fhir.texts import Written, read_json, read_resource, stamp, write_json

_CHUNK = 500  # ids in one statement: every database takes that many

Key = tuple[str, str]  # type, id


class Draft(NamedTuple):
    """A version to be. ``method`` is POST, PUT or DELETE; ``written`` is None for a deletion."""

    type: str
    id: str
    method: str
    written: Written | None


class Version(NamedTuple):
    """A row of the versions table. ``body`` is its JSON text, None for a deletion."""

    instant: int
    type: str
    id: str
    version: int
    method: str
    body: str | None


def utc_now() -> datetime:
    """The clock of a running server."""
    return datetime.now(UTC)


class Store:
    """The FHIR tables of one database, and the clock that stamps what enters them."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = utc_now) -> None:
        self.engine = engine
        self.clock = clock

    def read(self) -> AbstractContextManager[Connection]:
        """A connection on one unchanging view."""
        return reading(self.engine)

    def write(self) -> AbstractContextManager[Connection]:
        """A connection inside the one write transaction."""
        return writing(self.engine)

    def today(self) -> date:
        """The day in France: rights that end at an age go by it."""
        return self.clock().astimezone(PARIS).date()

    def find(self, type_: str, ids: Collection[str]) -> list[dict[str, Any]]:
        """Those of these resources that are not deleted, decoded, whoever they belong to."""
        of_type = (resources.c.type == type_, resources.c.id.in_(ids), resources.c.live)
        query = select(versions.c.body).join(resources, resources.c.instant == versions.c.instant).where(*of_type)
        with self.read() as con:
            return [read_json(body) for body in con.scalars(query)]

    def append(self, con: Connection, drafts: Sequence[Draft]) -> list[Version]:
        """Keeps each draft as the next version of its resource. No two drafts may be of the same resource."""
        heads = _find_heads(con, drafts)
        latest = con.scalar(select(func.max(versions.c.instant))) or 0
        first = max(count_microseconds(self.clock()), latest + 1)
        kept = [_make_version(draft, heads, first + place) for place, draft in enumerate(drafts)]
        _insert(con, versions, [version._asdict() for version in kept])
        _forget_heads(con, drafts, heads)
        for draft, version in zip(drafts, kept, strict=True):
            if not draft.written:
                _bury(con, version, heads[draft.type, draft.id].instant)
        _index(con, [(d.written, v) for d, v in zip(drafts, kept, strict=True) if d.written])
        return kept


def seed_resources(store: Store, bodies: Iterable[dict[str, Any]]) -> None:
    """Loads resources of distinct ids, under the ids they have, in one transaction; no right is asked, none told."""
    drafts = [Draft(r["resourceType"], r["id"], "PUT", read_resource(write_json(r).encode())) for r in bodies]
    with store.write() as con:
        for start in range(0, len(drafts), _CHUNK):
            store.append(con, drafts[start : start + _CHUNK])


def find_current(con: Connection, type_: str, rid: str) -> Version | None:
    """The last version of a resource, which may be a deletion; None when there never was one."""
    of_resource = (resources.c.type == type_, resources.c.id == rid)
    found = con.execute(select(versions).join(resources, resources.c.instant == versions.c.instant).where(*of_resource))
    row = found.first()
    return Version._make(row) if row else None


class _Head(NamedTuple):
    version: int
    instant: int


def _find_heads(con: Connection, drafts: Sequence[Draft]) -> dict[Key, _Head]:
    """The number and instant of the current version of those resources that have one."""
    heads: dict[Key, _Head] = {}
    for type_ in {draft.type for draft in drafts}:
        ids = [draft.id for draft in drafts if draft.type == type_]
        found = select(versions.c.id, versions.c.version, versions.c.instant).where(
            versions.c.instant.in_(
                select(resources.c.instant).where(resources.c.type == type_, resources.c.id.in_(ids))
            )
        )
        heads |= {(type_, rid): _Head(version, instant) for rid, version, instant in con.execute(found)}
    return heads


def _make_version(draft: Draft, heads: dict[Key, _Head], instant: int) -> Version:
    head = heads.get((draft.type, draft.id))
    number = head.version + 1 if head else 1
    body = stamp(draft.written, draft.id, number, instant) if draft.written else None
    return Version(instant, draft.type, draft.id, number, draft.method, body)


def _forget_heads(con: Connection, drafts: Sequence[Draft], heads: dict[Key, _Head]) -> None:
    """Drops what is kept about current versions. A deletion keeps its terms: a Binary stays its document's."""
    for table, keys in (
        (resources, [{"t": d.type, "i": d.id} for d in drafts if (d.type, d.id) in heads]),
        (terms, [{"t": d.type, "i": d.id} for d in drafts if (d.type, d.id) in heads and d.written]),
    ):
        if keys:
            con.execute(delete(table).where(table.c.type == bindparam("t"), table.c.id == bindparam("i")), keys)


def _bury(con: Connection, gone: Version, last_instant: int) -> None:
    """A deletion belongs to whom the last version belonged."""
    c = compartments.c
    row = {"type": gone.type, "id": gone.id, "instant": gone.instant, "live": False}
    con.execute(insert(resources), [row | {"date_low": None, "date_high": None}])
    inherited = select(c.patient, c.type, literal(gone.instant), c.hidden_from).where(c.instant == last_instant)
    con.execute(insert(compartments).from_select(["patient", "type", "instant", "hidden_from"], inherited))


def _index(con: Connection, kept: Sequence[tuple[Written, Version]]) -> None:
    heads, tokens, owners = [], [], []
    for written, version in kept:
        facts = collect_facts(written.resource, version.id)
        key = {"type": version.type, "id": version.id}
        low, high = facts.date or (None, None)
        heads.append(key | {"instant": version.instant, "live": True, "date_low": low, "date_high": high})
        tokens += [key | term._asdict() for term in facts.terms]
        place = {"type": version.type, "instant": version.instant, "hidden_from": facts.hidden_from}
        owners += [place | {"patient": patient} for patient in facts.patients]
    _insert(con, resources, heads)
    _insert(con, terms, tokens)
    _insert(con, compartments, owners)


def _insert(con: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        con.execute(insert(table), rows)
