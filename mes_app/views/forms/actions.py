"""What can be done with an entry and with a section: add, change, delete, and say that there is nothing."""

import flet as ft

from mes_app.domain.inputs import ADDABLE
from mes_app.domain.record import Kind
from mes_app.errors import Reason
from mes_app.i18n import find, t
from mes_app.services.session import Session
from mes_app.services.undoing import join_edits
from mes_app.views import routes
from mes_app.views.state import use_outgoing, use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state, error_card, notice_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.texts import muted, page_title


def heading(title: str, pid: str, kind: Kind, *, measure: str = "", extra: ft.Control | None = None) -> ft.Control:
    """The title of a section, and the button that adds to it where a person may write there."""
    button = [add_button(pid, kind, measure)] if kind in ADDABLE else []
    return ft.Row(
        [ft.Container(page_title(title), expand=True), *([extra] if extra else []), *button],
        spacing=8,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def add_button(pid: str, kind: Kind, measure: str = "") -> ft.Control:
    """To the form of a new entry."""
    return ft.FilledButton(
        t("forms.add"), icon=ft.Icons.ADD_ROUNDED, on_click=routes.way_to(routes.form(pid, kind, measure))
    )


@component
def nothing_yet(kind: Kind) -> ft.Control:
    """An empty section: what would be here, and « Je n’ai pas de … »."""
    session, store, shown = use_session(), use_store(), use_profile()

    async def declare() -> None:
        edited = await session.editing.declare_nothing(shown.pid, kind)
        store.offer_undo("forms.declared", edited)

    declaring = use_command(declare)
    words = f"{t('health.nothing')}. {t(f'sections.{kind}.empty')}"
    button = ft.OutlinedButton(t(f"sections.{kind}.none"), on_click=declaring.run, disabled=declaring.running)
    row = ft.Row([button], alignment=ft.MainAxisAlignment.CENTER, wrap=True)
    return ft.Column(
        [empty_state(KIND_ICONS[kind], words), *([row] if kind in ADDABLE else []), *other_error(declaring.error)],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


@component
def withdrawal(kind: Kind) -> ft.Control:
    """What takes back the person's own « Je n’ai pas de … »; nothing where somebody else said so."""
    session, store, pid = use_session(), use_store(), use_profile().pid
    said = use_loaded(lambda: session.editing.statements(pid, kind), [pid, kind], (Kind.NOTHING_DECLARED,)).value

    async def withdraw() -> None:
        edited = join_edits([await session.editing.delete(row.id) for row in said or ()])
        store.offer_undo("forms.withdrawn", edited)

    withdrawing = use_command(withdraw)
    if not said:
        return ft.Container()
    button = ft.TextButton(t("forms.withdraw"), on_click=withdrawing.run, disabled=withdrawing.running)
    return ft.Column([ft.Row([button], wrap=True), *other_error(withdrawing.error)], spacing=4)


@component
def entry_actions(kind: Kind, record_id: str) -> ft.Control:
    """Change, and delete where that can be; or why neither can be done. Above them, a choice that waits."""
    session, shown, outgoing = use_session(), use_profile(), use_outgoing()
    read = use_loaded(lambda: _ask_why(session, record_id), [shown.pid, record_id], (kind,))
    if record_id in outgoing.conflicts:
        return choice_notice(record_id)
    return read.show(lambda why: _tell_why(*why) if why[0] else _buttons(kind, record_id), ft.Container)


def choice_notice(record_id: str) -> ft.Control:
    """That two versions of this record wait for a choice, and the way to it."""
    way = routes.way_to(routes.conflict(record_id))
    return notice_card(t("syncing.choice.told"), title=t("syncing.choice.waits"), action=(t("syncing.choice.go"), way))


async def _ask_why(session: Session, record_id: str) -> tuple[Reason | None]:
    return (await session.editing.why_read_only(record_id),)


def _tell_why(reason: Reason | None) -> ft.Control:
    sign = ft.Icon(ft.Icons.LOCK_OUTLINE_ROUNDED, size=20, color=ft.Colors.ON_SURFACE_VARIANT)
    words = find(f"forms.read_only.{reason}") or t("forms.read_only.not_writable")
    return ft.Row([sign, ft.Container(muted(words), expand=True)], spacing=8)


@component
def _buttons(kind: Kind, record_id: str) -> ft.Control:
    session, store, shown = use_session(), use_store(), use_profile()

    async def delete() -> None:
        edited = await session.editing.delete(record_id)
        store.offer_undo("forms.deleted", edited)
        routes.go(routes.section_of(shown.pid, kind))

    deleting = use_command(delete)
    remove = ft.TextButton(
        t("forms.delete"),
        icon=ft.Icons.DELETE_OUTLINE_ROUNDED,
        on_click=deleting.run,
        disabled=deleting.running,
        style=ft.ButtonStyle(color=ft.Colors.ERROR),
    )
    buttons = ft.Row(
        [
            ft.FilledTonalButton(
                t("forms.change"),
                icon=ft.Icons.EDIT_OUTLINED,
                on_click=routes.way_to(routes.form(shown.pid, kind, record_id)),
            ),
            *([remove] if kind in ADDABLE else []),
        ],
        spacing=8,
        run_spacing=8,
        wrap=True,
    )
    failed = [error_card(deleting.error)] if deleting.error else []
    return ft.Column([buttons, *failed], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
