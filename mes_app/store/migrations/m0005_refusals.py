"""What a server said when it refused a change, in its own words."""

from mes_app.store.drivers import DriverConnection


def migrate(con: DriverConnection) -> None:
    """Nothing is known of what was refused before."""
    con.execute("ALTER TABLE outbox ADD COLUMN told TEXT NOT NULL DEFAULT ''")
