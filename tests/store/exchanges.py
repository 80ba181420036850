"""A server in little, a sync with it, and what must hold of a store whatever was edited, sent, answered or lost.

The server keeps one type of records in one SQLite file, so that it outlives a process that is killed.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mes_app.domain.record import Kind
from mes_app.fhir.comparisons import is_same
from mes_app.store.conflicts import list_conflicts, resolve_conflict
from mes_app.store.database import Connection
from mes_app.store.edits import Written
from mes_app.store.ops import Op
from mes_app.store.outbox import acknowledge, list_due, list_inflight, list_pending, mark_inflight, postpone, release
from mes_app.store.pages import Incoming
from mes_app.store.rebases import rebase_record
from mes_app.store.records import get_record, remove_records
from tests.store.samples import ME, make_overview, make_when, merge_words, save_page

KIND = Kind.DOCUMENTS
LATE = 1e12

Run = Callable[[Callable[[], object]], object]


class Server:
    """Applies each change once, on the version it was made from."""

    def __init__(self, path: Path | str) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.execute("CREATE TABLE IF NOT EXISTS record (rid TEXT PRIMARY KEY, ver INTEGER, body BLOB)")

    def find(self, rid: str) -> Incoming | None:
        """A record, unless it was deleted."""
        found = self._file.execute("SELECT ver, body FROM record WHERE rid = ?", (rid,)).fetchone()
        return make_answer(rid, *found) if found and found[1] is not None else None

    def list(self) -> list[Incoming]:
        """All there is."""
        found = self._file.execute("SELECT rid, ver, body FROM record WHERE body IS NOT NULL").fetchall()
        return [make_answer(*each) for each in found]

    def write(self, rid: str, body: bytes | None) -> None:
        """A record, or its deletion, written by anybody."""
        self._file.execute(
            "INSERT INTO record VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET ver = ver + 1, body = excluded.body",
            (rid, body),
        )

    def apply(self, op: Op) -> tuple[Incoming | None, bool]:
        """What the server has after ``op``, and whether that is what ``op`` asked for."""
        rid = op.rid or op.op_id
        current = self.find(rid)
        if op.op == "C":
            if not self._file.execute("SELECT 1 FROM record WHERE rid = ?", (rid,)).fetchone():
                self.write(rid, op.body)
            current = self.find(rid)
            return current, current is not None
        if current and current.ver == op.base_ver:
            self.write(rid, op.body)
            return self.find(rid), True
        if op.body is None:
            return current, current is None
        return current, current is not None and is_same(current.body, op.body)


def make_answer(rid: str, ver: int, body: bytes) -> Incoming:
    """A version as the server tells of it."""
    moment = f"2024-06-02T00:{ver // 60:02}:{ver % 60:02}Z"
    return Incoming("DocumentReference", rid, str(ver), moment, body, make_overview())


def settle(con: Connection, run: Run, op: Op, answer: tuple[Incoming | None, bool]) -> None:
    """What a sync does with an answer."""
    theirs, done = answer

    def rebase() -> None:
        postpone(con, op, 0)
        rebase_record(con, op.lid, theirs, merge_words)

    run((lambda: acknowledge(con, op, theirs, merge_words)) if done else rebase)


def push(con: Connection, run: Run, server: Server) -> None:
    """Send all that may be sent, first what was in flight."""
    for op in list_inflight(con, ME):
        settle(con, run, op, server.apply(op))
    while due := list_due(con, ME, LATE):
        run(lambda: mark_inflight(con, due[0]))
        settle(con, run, due[0], server.apply(due[0]))


def pull(con: Connection, run: Run, server: Server) -> None:
    """Take all that the server has, and let go what it has no more."""
    records = server.list()
    run(lambda: save_page(con, ME, records))
    held = {rid for (rid,) in con.execute("SELECT rid FROM res WHERE rid IS NOT NULL")}
    gone = [("DocumentReference", rid) for rid in sorted(held - {record.rid for record in records})]
    run(lambda: remove_records(con, ME, gone, merge=merge_words))


def come_to_rest(con: Connection, run: Run, server: Server) -> None:
    """Sync until nothing waits, every conflict settled for what was written here."""
    while list_pending(con):
        for pending in list_pending(con):
            run(lambda record_id=pending.record_id: release(con, record_id, 0))  # type: ignore[misc]
        for conflict in list_conflicts(con):
            mine = Written(conflict.type, conflict.mine, make_overview()) if conflict.mine is not None else None
            run(lambda lid=conflict.row.id, mine=mine: resolve_conflict(con, lid, mine, make_when()))  # type: ignore[misc]
        push(con, run, server)
        pull(con, run, server)


def read_words(con: Connection, record_id: str) -> dict[str, Any]:
    """What a record says to its user."""
    return dict(json.loads(get_record(con, record_id).body))


def check_consistency(con: Connection) -> None:
    """The row, its body, the changes that wait and the conflict of each record agree."""
    sql = "SELECT lid, rid, ver, deleted, mirror, overlay FROM res JOIN body USING (lid)"
    for lid, rid, ver, deleted, mirror, overlay in con.execute(sql).fetchall():
        sql = "SELECT op, state, sent, base_ver, base_body, body FROM outbox WHERE lid = ? ORDER BY seq"
        ops = con.execute(sql, (lid,)).fetchall()
        conflict = con.execute("SELECT mine, theirs FROM conflict WHERE lid = ?", (lid,)).fetchone()
        assert (rid is None or mirror is None) <= bool(ops or conflict)
        assert (mirror is None) == (ver == "")
        assert len(ops) <= 2
        assert [sent for _, _, sent, *_ in ops][1:] in ([], [0])
        assert len(ops) < 2 or ops[0][2]
        for op, state, sent, base_ver, base_body, body in ops:
            assert (op == "D") == (body is None)
            assert sent or state != "inflight"
            first = (op, state, sent, base_ver, base_body, body) == ops[0]
            assert not first or (base_ver, base_body) == (ver, mirror)
            assert (op == "C") == (first and mirror is None)
        if conflict:
            assert ops == []
            assert conflict[1] == mirror
        mine = conflict[0] if conflict else ops[-1][-1] if ops else None
        assert overlay == mine
        assert deleted == (bool(ops or conflict) and mine is None)
