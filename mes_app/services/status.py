"""Where the vault stands: what each profile holds, what waits to be sent, when it last agreed with the server."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sync_status import Idle, Stopped
from mes_app.services.syncing import Syncing
from mes_app.store import outbox, profiles, records
from mes_app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class ProfileStatus:
    """One profile: records by kind, unsent changes, those of them that the server refused, conflicts to settle."""

    profile: Profile
    counts: dict[Kind, int]
    unsent: int
    refused: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """The whole vault. ``last_success`` is UTC, None before the first sync. ``server`` is its FHIR address or empty."""

    profiles: list[ProfileStatus]
    last_success: datetime | None
    server: str


class Status:
    """Reads the status of the vault."""

    def __init__(self, database: Database, syncing: Syncing) -> None:
        self._database = database
        self._syncing = syncing

    async def read(self) -> VaultStatus:
        """The present status, without asking the server."""
        account = await self._syncing.account()
        state = self._syncing.status
        return VaultStatus(
            profiles=await self._database.read(_list_profile_status),
            last_success=state.last_success if isinstance(state, Idle | Stopped) else None,
            server=account.fhir_base if account else "",
        )


def _list_profile_status(con: Connection) -> list[ProfileStatus]:
    waiting = Counter((pending.profile, pending.state) for pending in outbox.list_pending(con))
    return [
        ProfileStatus(
            profile=profile,
            counts=records.count_by_kind(con, profile.pid),
            unsent=sum(waiting[profile.pid, state] for state in ("ready", "inflight", "quarantined")),
            refused=waiting[profile.pid, "quarantined"],
            conflicts=waiting[profile.pid, "conflict"],
        )
        for profile in profiles.list_profiles(con)
    ]
