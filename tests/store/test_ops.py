"""The rows of the outbox."""

from dataclasses import replace

from mes_app.errors import Reason
from mes_app.store.database import Connection
from mes_app.store.ops import Op, list_ops, remove_op, save_op
from tests.store.samples import PARENT, make_incoming, save_one


def test_a_change_comes_back_as_saved_and_altered(con: Connection) -> None:
    lid = save_one(con, PARENT.pid, make_incoming())
    op = Op(op_id="op", lid=lid, profile=PARENT.pid, op="U", type="DocumentReference", rid="d1", body=b"{}", at=7)
    save_op(con, op)
    (saved,) = list_ops(con, "lid = ?", (lid,))
    assert saved == replace(op, seq=saved.seq)
    altered = replace(
        saved,
        op="D",
        base_ver="2",
        base_body=b"[]",
        body=None,
        deps=("other",),
        state="quarantined",
        attempts=3,
        next_at=1.5,
        reason=Reason.NOT_ACCEPTED,
        status=422,
        sent=True,
        at=8,
    )
    save_op(con, altered)
    assert list_ops(con, "lid = ?", (lid,)) == [altered]
    remove_op(con, altered)
    assert list_ops(con, "lid = ?", (lid,)) == []
