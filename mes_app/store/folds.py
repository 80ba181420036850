"""Which documents belong together, and which of them stands for the others: judged anew for whatever changed.

Triggers tell what changed. One that may not be seen, or was deleted, neither stands for another nor hides it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mes_app.domain.record import Change, Kind
from mes_app.domain.versions import Fold, Tie, Versions, find_versions, fold_documents
from mes_app.errors import Reason, Rejected
from mes_app.store.connections import Connection
from mes_app.store.folders import hand_on_places
from mes_app.store.own_titles import hand_on_titles
from mes_app.store.rows import OPENABLE_DOCUMENTS, SELECTED_ROW, make_row

_SELECT = (
    f"SELECT {SELECTED_ROW}, iif(rid IS NULL, '', type || '/' || rid), digest, upd, fold, behind"  # noqa: S608
    f" FROM res WHERE {OPENABLE_DOCUMENTS} AND "
)
_NEAR = """
    WITH asked AS MATERIALIZED (
        SELECT lid, profile, res.type || '/' || rid AS address, unique_id, digest, nullif(replaces, '') AS replaces
        FROM json_each(?) AS named CROSS JOIN res ON lid = named.value
    )
    SELECT other.lid FROM asked CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.unique_id = asked.unique_id AND other.unique_id <> ''
    UNION ALL
    SELECT other.lid FROM asked CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.digest = asked.digest
    UNION ALL
    SELECT other.lid FROM asked CROSS JOIN json_each(asked.replaces) AS name CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.unique_id = name.value AND other.unique_id <> ''
    UNION ALL
    SELECT other.lid FROM asked CROSS JOIN json_each(asked.replaces) AS name CROSS JOIN res AS other
    ON other.profile = asked.profile AND other.type = substr(name.value, 1, instr(name.value, '/') - 1)
        AND other.rid = substr(name.value, instr(name.value, '/') + 1)
    UNION ALL
    SELECT other.lid FROM res AS other INDEXED BY res_replacing CROSS JOIN json_each(other.replaces) AS name
    WHERE other.replaces <> '' AND name.value IN (SELECT address FROM asked UNION ALL SELECT unique_id FROM asked)
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
        left = [known.tie.row.id for fold, known in moved if fold.behind and not known.fold.behind]
        for hand_on in (hand_on_places, hand_on_titles, _hand_on_reading):
            hand_on(con, left)
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


def _hand_on_reading(con: Connection, record_ids: Sequence[str]) -> None:
    """What was read is not new again because it came by another way; a newer version is."""
    sql = """
        UPDATE res SET unread = 0 FROM res AS former
        WHERE former.lid = ? AND former.unread = 0 AND res.unread = 1 AND res.fold = former.fold AND res.behind = 0
            AND ((res.unique_id <> '' AND res.unique_id = former.unique_id) OR res.digest = former.digest)
    """
    con.executemany(sql, [(record_id,) for record_id in record_ids])


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
