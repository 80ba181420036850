"""The first sync: how far it is, in numbers, and the way on as soon as somebody's record can be read."""

from typing import assert_never

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.sync_status import Idle, Running, Stopped, SyncStatus
from mes_app.i18n import decimal, t
from mes_app.views.state import use_session, use_store, use_sync
from mes_app.views.widgets.avatars import avatar, read_age
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import card, error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button
from mes_app.views.widgets.texts import announced, body, muted, one_line

_ADDRESS = "/premiere-mise-a-jour"


@screen
def first_sync_screen() -> ft.View:
    """Starts the sync, or joins the one that runs; it goes on in the background after « Continuer »."""
    session, store, status = use_session(), use_store(), use_sync().status

    async def synchronise() -> None:
        await session.schedule.run_now()

    async def proceed() -> None:
        store.welcoming = False

    running, proceeding = use_command(synchronise), use_command(proceed)
    ft.use_effect(lambda: ft.context.page.run_task(running.run), [])
    people = list(store.profiles or ())
    usable = bool(people) and not (isinstance(status, Running) and status.done == 0)
    controls = [
        *_describe_progress(status),
        *([_people_card(people)] if people else []),
        main_button(t("app.continue"), proceeding, disabled=not usable),
    ]
    if isinstance(status, Running):
        controls.append(ft.TextButton(t("app.cancel"), on_click=session.syncing.cancel))
    elif isinstance(status, Stopped):
        controls.append(ft.TextButton(t("app.try_again"), on_click=running.run))
    hint = t("login.first_sync_usable" if usable else "login.first_sync_hint")
    return entrance_view(_ADDRESS, ft.Icons.CLOUD_DOWNLOAD_OUTLINED, t("login.first_sync_title"), hint, controls)


def _describe_progress(status: SyncStatus) -> list[ft.Control]:
    match status:
        case Running(phase=phase, done=done, total=total):
            share = done / total if total else None
            counted = t("app.counted", done=decimal(done), total=decimal(total)) if total else ""
            words = ft.Row([ft.Container(body(t(f"login.phase_{phase}")), expand=True), muted(counted)])
            bar = ft.ProgressBar(
                value=share, border_radius=4, bar_height=8, semantics_label=t("login.first_sync_title")
            )
            return [announced(ft.Column([words, bar], spacing=8))]
        case Stopped(error=error):
            return [error_card(error) if error else body(t("login.first_sync_cancelled"))]
        case Idle(last_success=None):
            return []
        case Idle():
            return [body(t("login.first_sync_done"))]
    assert_never(status)


def _people_card(people: list[Profile]) -> ft.Control:
    lines: list[ft.Control] = [
        ft.Row([avatar(person, 40), ft.Column([one_line(person.name), muted(read_age(person))], spacing=0)], spacing=16)
        for person in people
    ]
    return card(ft.Column(lines, spacing=12))
