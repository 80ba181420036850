"""Which documents belong together, and which of them stands for the others: judged anew for whatever changed.

Triggers tell what changed. One that may not be seen, or was deleted, neither stands for another nor hides it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mes_app.domain.record import Change, Kind
from mes_app.domain.versions import Fold, Tie, Versions, find_versions, fold_documents
from mes_app.errors import Reason, Rejected
from mes_app.store.connections import Connection
from mes_app.store.folders import hand_on_places
from mes_app.store.rows import OPENABLE, SELECTED_ROW, make_row

_SELECT = (
    f"SELECT {SELECTED_ROW}, iif(rid IS NULL, '', type || '/' || rid), digest, upd, fold, behind"  # noqa: S608
    f" FROM res WHERE {OPENABLE} AND kind = '{Kind.DOCUMENTS}' AND "
)
_NEAR = """
    WITH asked AS (
        SELECT lid, profile, unique_id, digest FROM json_each(?) AS named CROSS JOIN res ON lid = named.value
    ),
    replacing AS (
        SELECT source.lid AS source, target.lid AS target
        FROM res AS source CROSS JOIN json_each(source.replaces) AS name CROSS JOIN res AS target
        ON target.profile = source.profile AND target.unique_id = name.value AND target.unique_id <> ''
        WHERE source.replaces <> ''
        UNION ALL
        SELECT source.lid, target.lid
        FROM res AS source CROSS JOIN json_each(source.replaces) AS name CROSS JOIN res AS target
        ON target.profile = source.profile AND target.type = substr(name.value, 1, instr(name.value, '/') - 1)
            AND target.rid = substr(name.value, instr(name.value, '/') + 1)
        WHERE source.replaces <> ''
    )
    SELECT other.lid FROM asked CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.unique_id = asked.unique_id AND other.unique_id <> ''
    UNION
    SELECT other.lid FROM asked CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.digest = asked.digest
    UNION
    SELECT target FROM replacing WHERE source IN (SELECT lid FROM asked)
    UNION
    SELECT source FROM replacing WHERE target IN (SELECT lid FROM asked)
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """A document and where it is now."""

    tie: Tie
    fold: Fold


def settle_folds(con: Connection, _changes: frozenset[Change] = frozenset()) -> None:
    """Judge what changed and all that belongs with it. Due before each commit: lists then never show two for one."""
    due = {lid for (lid,) in con.execute("DELETE FROM fold_due RETURNING lid").fetchall()}
    people: defaultdict[str, list[_Known]] = defaultdict(list)
    for known in _gather(con, due):
        people[known.tie.row.profile].append(known)
    for profile, documents in people.items():
        folds = fold_documents([known.tie for known in documents])
        moved = [(fold, known) for known in documents if (fold := folds[known.tie.row.id]) != known.fold]
        values = [(fold.name, fold.behind, known.tie.row.id) for fold, known in moved]
        con.executemany("UPDATE res SET fold = ?, behind = ? WHERE lid = ?", values)
        hand_on_places(con, [known.tie.row.id for fold, known in moved if fold.behind and not known.fold.behind])
        if any(fold.behind != known.fold.behind for fold, known in moved):
            con.touch(profile, Kind.DOCUMENTS)


def find_document_versions(con: Connection, record_id: str) -> Versions:
    """The versions and copies of one document. Raises Rejected("id", UNKNOWN_RECORD)."""
    document = next(_select(con, "lid = ?", record_id), None)
    if document is None:
        raise Rejected("id", Reason.UNKNOWN_RECORD)
    others = _select(con, "fold = ? AND fold <> '' AND lid <> ?", document.fold.name, record_id)
    return find_versions(document.tie, [other.tie for other in others])


def list_folded(con: Connection, record_id: str) -> list[str]:
    """Our ids of the documents that belong with one and are not listed themselves: copies and former versions."""
    sql = """
        SELECT other.lid FROM res JOIN res AS other ON other.fold = res.fold AND other.fold <> ''
        WHERE res.lid = ? AND other.lid <> res.lid AND other.behind = 1 AND other.withheld = 0 AND other.deleted = 0
    """
    return [lid for (lid,) in con.execute(sql, (record_id,))]


def _gather(con: Connection, due: set[str]) -> Iterator[_Known]:
    """The documents among ``due`` and all that may belong with them."""
    asked, waiting = set[str](), due
    while waiting:
        asked |= waiting
        found = list(_select(con, "lid IN (SELECT value FROM json_each(?))", json.dumps([*waiting])))
        yield from found
        near = con.execute(_NEAR, (json.dumps([known.tie.row.id for known in found]),))
        waiting = {lid for (lid,) in near} - asked


def _select(con: Connection, condition: str, *values: str) -> Iterator[_Known]:
    for found in con.execute(_SELECT + condition, values).fetchall():
        address, digest, updated, name, behind = found[-5:]
        tie = Tie(row=make_row(found), address=address, digest=digest, updated=updated)
        yield _Known(tie, Fold(name, bool(behind)))
