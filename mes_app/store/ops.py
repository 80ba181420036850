"""The changes to send, one row each. When one is sent, and what becomes of it, is decided elsewhere."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mes_app.errors import Reason
from mes_app.store.database import Connection

_SELECT = """
    SELECT seq, op_id, lid, profile, op, type, rid, base_ver, base_body, body, deps, state, attempts, next_at, reason,
           outbox.status, sent, at, told
    FROM outbox JOIN res USING (lid) WHERE {} ORDER BY seq
"""
_SAVE = """
    INSERT INTO outbox
        (seq, op_id, lid, op, base_ver, base_body, body, deps, state, attempts, next_at, reason, status, sent, at, told)
    VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (seq) DO UPDATE SET
        op = excluded.op, base_ver = excluded.base_ver, base_body = excluded.base_body, body = excluded.body,
        deps = excluded.deps, state = excluded.state, attempts = excluded.attempts, next_at = excluded.next_at,
        reason = excluded.reason, status = excluded.status, sent = excluded.sent, at = excluded.at, told = excluded.told
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """One change to send. ``op`` is C, U or D; ``base_ver`` and ``base_body`` are what it changes; ``rid`` None: new.

    ``deps`` are our ids of what it refers to. ``state``: ready, inflight or quarantined, whose ``reason``, HTTP
    ``status`` and words of the server (``told``) it then has. ``sent``: the server may have it, so that what is written
    next may not take its place. ``next_at`` and ``at``, when it was made, are in seconds since 1970. ``seq`` 0: not
    saved yet.
    """

    seq: int = 0
    op_id: str
    lid: str
    profile: str
    op: str
    type: str
    rid: str | None
    base_ver: str = ""
    base_body: bytes | None = None
    body: bytes | None
    deps: tuple[str, ...] = ()
    state: str = "ready"
    attempts: int = 0
    next_at: float = 0.0
    reason: Reason | None = None
    status: int = 0
    sent: bool = False
    at: int = 0
    told: str = ""


def list_ops(con: Connection, condition: str, values: Sequence[Any]) -> list[Op]:
    """The changes for which ``condition`` on ``outbox`` and ``res`` holds, in the order they were made."""
    return [_make_op(*found) for found in con.execute(_SELECT.format(condition), values)]


def save_op(con: Connection, op: Op) -> None:
    """Keep a change, new or altered."""
    con.execute(
        _SAVE,
        (
            op.seq,
            op.op_id,
            op.lid,
            op.op,
            op.base_ver,
            op.base_body,
            op.body,
            json.dumps(op.deps),
            op.state,
            op.attempts,
            op.next_at,
            op.reason or "",
            op.status,
            op.sent,
            op.at,
            op.told,
        ),
    )


def remove_op(con: Connection, op: Op) -> None:
    """Forget a change."""
    con.execute("DELETE FROM outbox WHERE seq = ?", (op.seq,))


def _make_op(*found: Any) -> Op:
    (seq, op_id, lid, profile, op, resource_type, rid, base_ver, base_body, body, deps, *rest) = found
    state, attempts, next_at, reason, status, sent, at, told = rest
    return Op(
        seq=seq,
        op_id=op_id,
        lid=lid,
        profile=profile,
        op=op,
        type=resource_type,
        rid=rid,
        base_ver=base_ver,
        base_body=base_body,
        body=body,
        deps=tuple(json.loads(deps)),
        state=state,
        attempts=attempts,
        next_at=next_at,
        reason=Reason(reason) if reason else None,
        status=status,
        sent=bool(sent),
        at=at,
        told=told,
    )
