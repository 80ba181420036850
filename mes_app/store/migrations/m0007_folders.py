"""Folders and pins of documents; what a person keeps on the device is no longer called pinned.

``res.folder`` names one of the folders of its profile, or is empty. Triggers hold the two together, whoever writes.
"""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    "ALTER TABLE res RENAME COLUMN pinned TO kept",
    "ALTER TABLE res ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE res ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE folder (
        profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
        folded TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (profile, folded)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX res_pinned ON res (profile, kind, date_key, lid) WHERE pinned = 1",
    "CREATE INDEX res_by_folder ON res (profile, kind, folder, date_key, lid) WHERE folder <> ''",
    """
    CREATE TRIGGER folder_renamed AFTER UPDATE OF name ON folder
    BEGIN
        UPDATE res SET folder = new.name WHERE profile = old.profile AND folder = old.name AND folder <> '';
    END
    """,
    """
    CREATE TRIGGER folder_gone AFTER DELETE ON folder
    BEGIN
        UPDATE res SET folder = '' WHERE profile = old.profile AND folder = old.name AND folder <> '';
    END
    """,
    # what may no longer be seen leaves no trace in them either
    """
    CREATE TRIGGER arranged_withheld AFTER UPDATE OF withheld ON res
    WHEN new.withheld = 1 AND old.withheld = 0
    BEGIN
        UPDATE res SET folder = '', pinned = 0 WHERE lid = new.lid;
    END
    """,
)


def migrate(con: DriverConnection) -> None:
    """What was pinned is kept; nothing is pinned, and there are no folders."""
    for statement in _STATEMENTS:
        con.execute(statement)
