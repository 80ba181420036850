"""The first schema.

``res`` holds what lists show, ``body`` what a record says: a filter over every row then never reads a body.
Everything of a person hangs from ``profile``, so that removing the profile removes all of it.
"""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    """
    CREATE TABLE profile (
        pid TEXT PRIMARY KEY,
        rid TEXT UNIQUE,
        name TEXT NOT NULL,
        birth TEXT NOT NULL,
        sex TEXT NOT NULL,
        colour TEXT NOT NULL,
        position INTEGER NOT NULL,
        holder INTEGER NOT NULL,
        state TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE res (
        lid TEXT PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        type TEXT NOT NULL,
        rid TEXT,
        ver TEXT NOT NULL,
        upd TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        subtitle TEXT NOT NULL,
        date_text TEXT NOT NULL,
        date_key TEXT NOT NULL,
        category TEXT NOT NULL,
        code TEXT NOT NULL,
        status TEXT NOT NULL,
        source TEXT NOT NULL,
        hidden INTEGER NOT NULL,
        withheld INTEGER NOT NULL,
        content_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        value REAL,
        value2 REAL,
        unit TEXT NOT NULL,
        search TEXT NOT NULL,
        unread INTEGER NOT NULL,
        content TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX res_by_rid ON res (profile, type, rid)",
    "CREATE INDEX res_by_date ON res (profile, kind, date_key, lid) WHERE withheld = 0",
    "CREATE INDEX res_by_category ON res (profile, kind, category, date_key, lid) WHERE withheld = 0",
    "CREATE INDEX res_unread ON res (profile, kind, date_key, lid) WHERE withheld = 0 AND unread = 1",
    "CREATE INDEX res_awaited ON res (profile, date_key, lid) WHERE content = 'remote'",
    """
    CREATE TABLE body (
        lid TEXT PRIMARY KEY REFERENCES res ON DELETE CASCADE,
        mirror BLOB,
        overlay BLOB
    ) STRICT
    """,
    """
    CREATE TABLE blob (
        lid TEXT PRIMARY KEY REFERENCES res ON DELETE CASCADE,
        file TEXT NOT NULL UNIQUE,
        key BLOB NOT NULL,
        size INTEGER NOT NULL,
        sha256 BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
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
        next_at REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX outbox_by_record ON outbox (lid)",
    """
    CREATE TABLE conflict (
        lid TEXT PRIMARY KEY REFERENCES res ON DELETE CASCADE,
        base BLOB,
        mine BLOB,
        theirs BLOB,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE tomb (
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        type TEXT NOT NULL,
        rid TEXT NOT NULL,
        ver TEXT NOT NULL,
        at INTEGER NOT NULL DEFAULT (unixepoch()),
        PRIMARY KEY (profile, type, rid)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE cursor (
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        type TEXT NOT NULL,
        high TEXT NOT NULL,
        pass_id TEXT NOT NULL,
        next_url TEXT NOT NULL,
        next_at REAL NOT NULL,
        PRIMARY KEY (profile, type)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE shared (
        type TEXT NOT NULL,
        rid TEXT NOT NULL,
        ver TEXT NOT NULL,
        body BLOB NOT NULL,
        PRIMARY KEY (type, rid)
    ) STRICT
    """,
    """
    CREATE TABLE draft (
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        form TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (profile, form)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE preference (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        act TEXT NOT NULL,
        lid TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX journal_by_profile ON journal (profile, seq)",
)


def migrate(con: DriverConnection) -> None:
    """Create every table and index."""
    for statement in _STATEMENTS:
        con.execute(statement)
