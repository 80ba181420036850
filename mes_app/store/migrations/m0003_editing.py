"""What editing needs: records deleted here, changes refused with their reason, conflicts, and the versions not chosen.

Nothing could be edited before: no conflict was ever open, so that its table is made anew.
"""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    "ALTER TABLE res ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE res ADD COLUMN missed INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX res_by_date",
    "DROP INDEX res_by_category",
    "DROP INDEX res_unread",
    "CREATE INDEX res_by_date ON res (profile, kind, date_key, lid) WHERE withheld = 0 AND deleted = 0",
    "CREATE INDEX res_by_category ON res (profile, kind, category, date_key, lid) WHERE withheld = 0 AND deleted = 0",
    """
    CREATE INDEX res_unread ON res (profile, kind, date_key, lid)
    WHERE withheld = 0 AND deleted = 0 AND unread = 1
    """,
    "ALTER TABLE outbox ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE outbox ADD COLUMN status INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE outbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0",
    "DROP TABLE conflict",
    """
    CREATE TABLE conflict (
        lid TEXT PRIMARY KEY REFERENCES res ON DELETE CASCADE,
        base BLOB,
        mine BLOB,
        theirs BLOB,
        ver TEXT NOT NULL,
        upd TEXT NOT NULL,
        at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE kept (
        id INTEGER PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        type TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        body BLOB NOT NULL,
        whose TEXT NOT NULL CHECK (whose IN ('mine', 'theirs')),
        at INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT
    """,
    "CREATE INDEX kept_by_profile ON kept (profile, id)",
    "ALTER TABLE profile ADD COLUMN refused_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cursor ADD COLUMN reconciled_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cursor ADD COLUMN runs INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE cursor ADD COLUMN excess INTEGER NOT NULL DEFAULT 0",
)


def migrate(con: DriverConnection) -> None:
    """Every record is shown as before, and nothing is refused or missed."""
    for statement in _STATEMENTS:
        con.execute(statement)
