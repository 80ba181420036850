"""What the upkeep of a vault needs: which contents wait for a new key, and when each unsent change was made."""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    "ALTER TABLE blob ADD COLUMN stale INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE outbox RENAME TO former_outbox",
    """
    CREATE TABLE outbox (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL UNIQUE,
        lid TEXT NOT NULL REFERENCES res ON DELETE CASCADE,
        op TEXT NOT NULL CHECK (op IN ('C', 'U', 'D')),
        base_ver TEXT NOT NULL,
        base_body BLOB,
        body BLOB,
        deps TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('ready', 'inflight', 'quarantined')),
        attempts INTEGER NOT NULL,
        next_at REAL NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT
    """,
    """
    INSERT INTO outbox (seq, op_id, lid, op, base_ver, base_body, body, deps, state, attempts, next_at)
    SELECT seq, op_id, lid, op, base_ver, base_body, body, deps, state, attempts, next_at FROM former_outbox
    """,
    "DROP TABLE former_outbox",
    "CREATE INDEX outbox_by_record ON outbox (lid)",
)


def migrate(con: DriverConnection) -> None:
    """Mark no content, and date the changes made before as of today."""
    for statement in _STATEMENTS:
        con.execute(statement)
