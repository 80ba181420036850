"""Small values of one person, gone with their profile: those of the whole vault stay in ``preference``."""

from mes_app.store.drivers import DriverConnection


def migrate(con: DriverConnection) -> None:
    """There are none yet."""
    con.execute(
        """
        CREATE TABLE profile_preference (
            profile TEXT NOT NULL REFERENCES profile ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (profile, name)
        ) STRICT, WITHOUT ROWID
        """
    )
