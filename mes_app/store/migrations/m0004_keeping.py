"""What keeping some documents only needs: those a person wants here, and contents of which a part has come."""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    "ALTER TABLE res ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE blob ADD COLUMN asked INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE piece (
        lid TEXT NOT NULL REFERENCES res ON DELETE CASCADE,
        start INTEGER NOT NULL,
        url TEXT NOT NULL,
        etag TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (lid, start)
    ) STRICT
    """,
)


def migrate(con: DriverConnection) -> None:
    """Nothing is pinned, and no content has come in part."""
    for statement in _STATEMENTS:
        con.execute(statement)
