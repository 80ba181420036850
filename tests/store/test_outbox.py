"""What waits to be sent or settled."""

from mes_app.store.database import Connection
from mes_app.store.outbox import count_conflicts, count_pending
from tests.store.samples import CHILD, PARENT, make_incoming, save_one


def test_unsent_changes_and_conflicts_are_counted_per_profile(con: Connection) -> None:
    mine = save_one(con, PARENT.pid, make_incoming())
    theirs = save_one(con, CHILD.pid, make_incoming())
    for seq, lid in enumerate((mine, mine, theirs)):
        con.execute(
            "INSERT INTO outbox VALUES (?, ?, ?, 'U', '1', NULL, NULL, '[]', 'ready', 0, 0)", (seq, f"op{seq}", lid)
        )
    con.execute("INSERT INTO conflict VALUES (?, NULL, NULL, NULL, '')", (theirs,))
    assert (count_pending(con, PARENT.pid), count_pending(con, CHILD.pid)) == (2, 1)
    assert (count_conflicts(con, PARENT.pid), count_conflicts(con, CHILD.pid)) == (0, 1)
