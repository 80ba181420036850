"""What searching the documents needs: their words, the text that excerpts are cut from, and what is still to be read.

Triggers hold the two together with ``res`` and ``blob``, whoever writes there: what is no longer shown is at once no
longer found, and what changed is marked to be read again.
"""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    """
    CREATE TABLE searched (
        id INTEGER PRIMARY KEY,
        lid TEXT NOT NULL UNIQUE REFERENCES res ON DELETE CASCADE,
        named INTEGER NOT NULL DEFAULT 0,
        read INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # apart from what every search goes through, which then stays small enough to remain in memory
    """
    CREATE TABLE searched_text (
        id INTEGER PRIMARY KEY REFERENCES searched ON DELETE CASCADE,
        text BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX searched_unnamed ON searched (id) WHERE named = 0",
    "CREATE INDEX searched_unread ON searched (id) WHERE read = 0",
    # the words come folded and split; of each only the column is kept, which is a third of what its places would take
    """
    CREATE VIRTUAL TABLE words USING fts5 (
        title, author, text, content = '', contentless_delete = 1, detail = 'column', tokenize = 'ascii'
    )
    """,
    """
    CREATE TRIGGER searched_gone AFTER DELETE ON searched
    BEGIN
        DELETE FROM words WHERE rowid = old.id;
    END
    """,
    """
    CREATE TRIGGER searched_new AFTER INSERT ON res
    WHEN new.kind = 'documents' AND new.withheld = 0 AND new.deleted = 0
    BEGIN
        INSERT INTO searched (lid) VALUES (new.lid);
    END
    """,
    """
    CREATE TRIGGER searched_renamed AFTER UPDATE OF title, subtitle ON res
    WHEN (new.title, new.subtitle) IS NOT (old.title, old.subtitle)
    BEGIN
        UPDATE searched SET named = 0 WHERE lid = new.lid;
    END
    """,
    """
    CREATE TRIGGER searched_hidden AFTER UPDATE OF kind, withheld, deleted ON res
    WHEN (new.kind, new.withheld, new.deleted) IS NOT (old.kind, old.withheld, old.deleted)
    BEGIN
        DELETE FROM searched WHERE lid = new.lid;
        INSERT INTO searched (lid)
        SELECT new.lid WHERE new.kind = 'documents' AND new.withheld = 0 AND new.deleted = 0;
    END
    """,
    """
    CREATE TRIGGER searched_filled AFTER INSERT ON blob
    BEGIN
        UPDATE searched SET read = 0 WHERE lid = new.lid;
    END
    """,
    """
    CREATE TRIGGER searched_refilled AFTER UPDATE OF lid, sha256 ON blob
    WHEN (new.lid, new.sha256) IS NOT (old.lid, old.sha256)
    BEGIN
        UPDATE searched SET read = 0 WHERE lid IN (old.lid, new.lid);
    END
    """,
    "INSERT INTO searched (lid) SELECT lid FROM res WHERE kind = 'documents' AND withheld = 0 AND deleted = 0",
)


def migrate(con: DriverConnection) -> None:
    """Every document that is shown is to be read."""
    for statement in _STATEMENTS:
        con.execute(statement)
