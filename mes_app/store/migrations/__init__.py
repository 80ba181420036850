"""The versions of the schema, oldest first. A migration that has been released is never edited: add the next one.

Each runs in one transaction that also writes the version, so that a store is always at exactly one version.
"""

from collections.abc import Callable, Sequence

from mes_app.errors import Reason, Unreadable
from mes_app.store.drivers import DriverConnection
from mes_app.store.migrations import (
    m0001_initial,
    m0002_upkeep,
    m0003_editing,
    m0004_keeping,
    m0005_refusals,
    m0006_search,
    m0007_folders,
    m0008_folds,
    m0009_analytes,
    m0010_profile_preferences,
    m0011_links,
    m0012_repeats,
)
from mes_app.store.transactions import transaction

Migration = Callable[[DriverConnection], None]

MIGRATIONS: tuple[Migration, ...] = (
    m0001_initial.migrate,
    m0002_upkeep.migrate,
    m0003_editing.migrate,
    m0004_keeping.migrate,
    m0005_refusals.migrate,
    m0006_search.migrate,
    m0007_folders.migrate,
    m0008_folds.migrate,
    m0009_analytes.migrate,
    m0010_profile_preferences.migrate,
    m0011_links.migrate,
    m0012_repeats.migrate,
)


def migrate(con: DriverConnection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the store to the newest version. Raises Unreadable(NEWER_VERSION) when the store is ahead of the app."""
    (version,) = con.execute("PRAGMA user_version").fetchone()
    if version > len(migrations):
        raise Unreadable(Reason.NEWER_VERSION)
    for number, migration in enumerate(migrations[version:], start=version + 1):
        with transaction(con):
            migration(con)
            con.execute(f"PRAGMA user_version = {number}")
