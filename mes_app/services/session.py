"""What an unlocked vault offers to screens and terminal. Built by bootstrap, closed by the vault."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mes_app.domain.record import Change
from mes_app.domain.searching import forget_queries
from mes_app.services.agenda import Agenda
from mes_app.services.appearances import Appearances
from mes_app.services.arranging import Arranging
from mes_app.services.auto_lock import LockSettings
from mes_app.services.backups import Backups
from mes_app.services.booklets import Booklets
from mes_app.services.conflicts import Conflicts
from mes_app.services.documents import Documents
from mes_app.services.editing import Editing
from mes_app.services.emergency_cards import EmergencyChoices
from mes_app.services.exporting import Exporting
from mes_app.services.growth import Growths
from mes_app.services.health import Health
from mes_app.services.importing import Importing
from mes_app.services.indexing import Indexing
from mes_app.services.joining import Joining
from mes_app.services.keeping import Keeping
from mes_app.services.linking import Linking
from mes_app.services.measure_exports import MeasureExports
from mes_app.services.measure_imports import MeasureImports
from mes_app.services.measures import Measures
from mes_app.services.outside import Outside
from mes_app.services.pregnancies import Pregnancies
from mes_app.services.prevention import Preventions
from mes_app.services.profiles import Profiles
from mes_app.services.recovery_sheets import RecoverySheets
from mes_app.services.remarks import Remarks
from mes_app.services.schedule import Schedule
from mes_app.services.search import Search
from mes_app.services.selecting import Selecting
from mes_app.services.status import Status
from mes_app.services.syncing import Syncing
from mes_app.services.synthesis import Synthesis
from mes_app.services.unsent import Unsent
from mes_app.services.vault_files import VaultFiles
from mes_app.services.visibility import VisibilityChoices
from mes_app.services.ways import Ways
from mes_app.store.blobs import Blobs
from mes_app.store.database import Database

Unsubscribe = Callable[[], None]


@dataclass(frozen=True)
class Session:
    """The services over one open vault. ``temporary``: the demonstration on the device, gone when it is left."""

    profiles: Profiles
    appearances: Appearances
    documents: Documents
    outside: Outside
    search: Search
    indexing: Indexing
    visibility: VisibilityChoices
    arranging: Arranging
    selecting: Selecting
    keeping: Keeping
    importing: Importing
    joining: Joining
    health: Health
    measure_imports: MeasureImports
    measure_exports: MeasureExports
    measures: Measures
    growths: Growths
    preventions: Preventions
    booklets: Booklets
    pregnancies: Pregnancies
    agenda: Agenda
    synthesis: Synthesis
    editing: Editing
    linking: Linking
    remarks: Remarks
    conflicts: Conflicts
    schedule: Schedule
    syncing: Syncing
    status: Status
    unsent: Unsent
    emergency: EmergencyChoices
    locking: LockSettings
    backups: Backups
    exporting: Exporting
    ways: Ways
    recovery_sheets: RecoverySheets
    subscribe: Callable[[Callable[[frozenset[Change]], None]], Unsubscribe]
    temporary: bool = False

    async def stop(self) -> None:
        """Stop what runs; the vault then closes the store."""
        await self.schedule.stop()
        await self.indexing.stop()
        await self.syncing.cancel()
        await self.backups.cancel()
        await self.importing.cancel()
        await self.measure_imports.cancel()
        await self.exporting.cancel()
        await self.outside.stop()

    def forget(self) -> None:
        """Wipe the keys held, and what was looked for, once the store is closed."""
        self.emergency.close()
        forget_queries()


@dataclass(frozen=True)
class Opened:
    """What a session is built on: an open vault."""

    database: Database
    blobs: Blobs
    files: VaultFiles
    ways: Ways


OpenSession = Callable[[Opened], Awaitable[Session]]
