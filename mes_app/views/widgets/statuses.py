"""What the sync says, in the few words of the bar, and what it had to leave out. Never whose, never which record."""

from collections import Counter
from collections.abc import Iterable
from typing import assert_never

import flet as ft

from mes_app.domain.sync_status import Fault, Idle, Phase, Running, Stopped, SyncStatus
from mes_app.errors import Busy, MesError, NotAllowed, Offline, Reason, SessionExpired, Unreadable
from mes_app.i18n import decimal, find, t
from mes_app.views.state import Outgoing

_STOPS: dict[type[MesError], str] = {
    Offline: "offline",
    SessionExpired: "signed_out",
    Busy: "busy",
    NotAllowed: "refused",
}
_STOPS_BY_REASON: dict[tuple[type[MesError], Reason], str] = {
    (Offline, Reason.UNTRUSTED): "untrusted",
    (Unreadable, Reason.DISK_FULL): "disk_full",
    (Unreadable, Reason.SERVER_FAULT): "server_fault",
}


def name_status(status: SyncStatus, outgoing: Outgoing | None = None) -> str:
    """« À jour », « En cours 312/1 200 », « 3 envois en attente », « Hors ligne ».

    ``outgoing`` goes first where there is something to send or to settle: what the notice line says besides is known.
    """
    if outgoing and not isinstance(status, Running) and not _must_sign_in(status):
        if outgoing.to_check:
            return t("sync.to_check", count=outgoing.to_check)
        if outgoing.waiting:
            return t("sync.waiting", count=outgoing.waiting)
    match status:
        case Running():
            return _name_step(status)
        case Idle(last_success=None):
            return t("sync.never")
        case Idle(faults=faults):
            return t("sync.up_to_date_except", count=len(faults)) if faults else t("sync.up_to_date")
        case Stopped(error=error):
            return t(f"sync.{_name_stop(error)}") if error else t("sync.cancelled")
    assert_never(status)


def choose_status_icon(status: Idle | Stopped, outgoing: Outgoing | None = None) -> ft.IconData:
    """The sign of a sync that does not run."""
    if outgoing and outgoing.to_check and not _must_sign_in(status):
        return ft.Icons.SYNC_PROBLEM_OUTLINED
    if isinstance(status, Idle):
        sent = ft.Icons.CLOUD_UPLOAD_OUTLINED if outgoing and outgoing.waiting else ft.Icons.CLOUD_DONE_OUTLINED
        return ft.Icons.SYNC_PROBLEM_OUTLINED if status.faults else sent
    match status.error:
        case None:
            return ft.Icons.SYNC_DISABLED_OUTLINED
        case SessionExpired():
            return ft.Icons.LOCK_CLOCK_OUTLINED
        case Offline(reason=reason) if reason is not Reason.UNTRUSTED:
            return ft.Icons.CLOUD_OFF_OUTLINED
    return ft.Icons.SYNC_PROBLEM_OUTLINED


def tell_faults(faults: Iterable[Fault]) -> list[str]:
    """One line a type and reason, most frequent first: « Document : sans contenu (2) »."""
    counts = Counter((_name_type(fault.type), _tell_reason(fault.reason)) for fault in faults)
    return [t("sync.fault", type=kind, reason=reason, count=count) for (kind, reason), count in counts.most_common()]


def _must_sign_in(status: SyncStatus) -> bool:
    return isinstance(status, Stopped) and isinstance(status.error, SessionExpired)


def _name_step(status: Running) -> str:
    if status.phase is Phase.CONNECTING:
        return t("sync.connecting")
    if not status.total:
        return t("sync.running")
    return t(f"sync.{status.phase}", done=decimal(status.done), total=decimal(status.total))


def _name_stop(error: MesError) -> str:
    exact = _STOPS_BY_REASON.get((type(error), error.reason))
    return exact or _STOPS.get(type(error), "failed")


def _name_type(fhir_type: str) -> str:
    return find(f"sync.types.{fhir_type}") or t("sync.types.unknown")


def _tell_reason(reason: Reason) -> str:
    return find(f"sync.reasons.{reason}") or t("sync.reasons.unknown")
