"""What can be done where the usual secret does not open: why, what is safe, and the ways in, the gentlest first.

While the vault is locked nothing that replaces it is offered: neither a thief nor a playing child can destroy it.
"""

from collections.abc import Sequence

import flet as ft

from mes_app.errors import Reason, Unreadable
from mes_app.i18n import find, t
from mes_app.i18n.explanations import explain
from mes_app.services.attempts import LIMIT
from mes_app.views.lock.state import Closed, Step
from mes_app.views.state import use_carnets
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.texts import body, muted, section_title

_FOR_GOOD = (Reason.KEY_STORE_LOST, Reason.SECRET_DESTROYED)


@screen
def recoverable_screen(closed: Closed) -> ft.View:
    """The files are well, the usual way in is gone: why, and what opens them all the same."""
    vault = use_carnets().vault
    fault = vault.fault() or Reason.NO_KEY_STORE
    title, told = _tell_fault(fault)
    again = _way(closed, Step.UNLOCK, ft.Icons.REFRESH_ROUNDED, t("app.try_again"), t("recovery.again_hint"))
    ways = [
        *([] if fault in _FOR_GOOD else [again]),
        *([_way_by_code(closed)] if vault.has_recovery() else []),
        *_ways_to_replace(closed),
    ]
    missing = [] if vault.has_recovery() else [muted(t("recovery.no_code"))]
    controls = [body(told), *missing, _list_ways(ways)]
    return entrance_view("/verrou/acces", ft.Icons.LOCK_RESET_ROUNDED, title, "", controls)


@screen
def damaged_screen(closed: Closed) -> ft.View:
    """The vault's files are there but cannot be a vault: nothing is done to them unless the person replaces them."""
    controls = [body(t("lock.damaged")), _list_ways(_ways_to_replace(closed))]
    return entrance_view("/coffre", ft.Icons.REPORT_OUTLINED, t("lock.damaged_title"), "", controls)


@screen
def forgotten_screen(closed: Closed) -> ft.View:
    """The secret is forgotten while it would still open: the recovery code, or what the other ways wait for."""
    vault = use_carnets().vault
    kind = vault.secret_kind()
    by_code = _list_ways([_way_by_code(closed)]) if vault.has_recovery() else muted(t("recovery.no_code"))
    later = [section_title(t("recovery.later_title")), body(t(f"recovery.later_{kind}", count=LIMIT))]
    return entrance_view(
        Step.FORGOTTEN,
        ft.Icons.HELP_OUTLINE_ROUNDED,
        t(f"lock.forgotten_{kind}"),
        t("recovery.forgotten_told"),
        [by_code, ft.Column(later, spacing=4)],
        on_back=closed.go_back,
    )


def _tell_fault(fault: Reason) -> tuple[str, str]:
    title, told = find(f"recovery.{fault}_title"), find(f"recovery.{fault}_told")
    if title and told:
        return title, told
    said = explain(Unreadable(fault))
    return t("recovery.closed_title"), f"{said.what} {said.next}"


def _way_by_code(closed: Closed) -> ft.Control:
    return _way(closed, Step.CODE, ft.Icons.PIN_OUTLINED, t("recovery.way_code"), t("recovery.way_code_hint"))


def _ways_to_replace(closed: Closed) -> list[ft.Control]:
    return [
        _way(
            closed,
            Step.RESTORE,
            ft.Icons.SETTINGS_BACKUP_RESTORE_ROUNDED,
            t("recovery.way_restore"),
            t("recovery.way_restore_hint"),
        ),
        _way(
            closed,
            Step.START_OVER,
            ft.Icons.RESTART_ALT_ROUNDED,
            t("recovery.way_start_over"),
            t("recovery.way_start_over_hint"),
        ),
    ]


def _way(closed: Closed, step: Step, icon: ft.IconData, title: str, hint: str) -> ft.Control:
    return way_row(title, hint, icon, lambda: closed.proceed(step))


def _list_ways(ways: Sequence[ft.Control]) -> ft.Control:
    return card(ft.Column(list(ways), spacing=4), padding=4)
