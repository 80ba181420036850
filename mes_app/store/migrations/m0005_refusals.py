"""What a server said when it refused a change, in its own words; and of which record each kept version is."""

from mes_app.store.drivers import DriverConnection

_STATEMENTS = (
    "ALTER TABLE outbox ADD COLUMN told TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE kept ADD COLUMN lid TEXT NOT NULL DEFAULT ''",
)


def migrate(con: DriverConnection) -> None:
    """Neither is known of what was refused or kept before."""
    for statement in _STATEMENTS:
        con.execute(statement)
