"""What the service does not have yet: two versions to choose from, what it refused and why, and what only waits."""

import flet as ft

from mes_app.domain.forms import WRITABLE
from mes_app.domain.record import Kind
from mes_app.i18n import find, t
from mes_app.services.conflicts import ConflictSummary
from mes_app.services.unsent import ChangeState, Operation, UnsentChange
from mes_app.views import routes
from mes_app.views.state import use_outgoing, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import above_others, card, error_card, section_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.saving import save_button
from mes_app.views.widgets.texts import body, muted, section_title
from mes_app.views.widgets.unsent_rows import tell_change, unsent_row

ANY = tuple(Kind)


@component
def choices_card() -> ft.Control:
    """Each record of which two versions wait for a choice; nothing where none does."""
    session, store, outgoing = use_session(), use_store(), use_outgoing()
    read = use_loaded(session.conflicts.list, [session, outgoing.conflicts], ANY)

    def row(conflict: ConflictSummary) -> ft.Control:
        whose = store.find(conflict.profile)
        told = [*([whose.name] if whose else []), t(f"sections.{conflict.kind}.title")]
        way = routes.way_to(routes.conflict(conflict.record_id))
        return way_row(conflict.title, " · ".join(told), KIND_ICONS[conflict.kind], way)

    def show(found: list[ConflictSummary]) -> ft.Control:
        if not found:
            return ft.Container()
        return above_others(section_card(t("syncing.choice.waits"), [*map(row, found)]))

    return read.show(show, ft.Container)


@component
def refused_cards() -> ft.Control:
    """Each change that the service refused: why, and what can be done; nothing where it refused none."""
    session, outgoing = use_session(), use_outgoing()
    read = use_loaded(session.unsent.list, [session, outgoing.refused], ANY)

    def show(found: list[UnsentChange]) -> ft.Control:
        refused = [change for change in found if change.state is ChangeState.REFUSED]
        if not refused:
            return ft.Container()
        cards = [section_title(t("syncing.refused.title")), *map(_refused, refused)]
        return above_others(ft.Column(cards, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))

    return read.show(show, ft.Container)


@component
def waiting_card() -> ft.Control:
    """What waits to be sent, and a file to keep it in."""
    session, store, outgoing = use_session(), use_store(), use_outgoing()
    read = use_loaded(session.unsent.list, [session, outgoing.waiting], ANY)
    file = use_loaded(session.unsent.export, [session, outgoing.waiting], ANY)

    def show(found: list[UnsentChange]) -> ft.Control:
        waiting = [change for change in found if change.state in (ChangeState.WAITING, ChangeState.SENDING)]
        if not waiting:
            sent = not (found or store.local)  # of a person whom no service knows, nothing is ever sent
            return above_others(card(muted(t("syncing.nothing_waits")))) if sent else ft.Container()
        button = save_button(file.value, t("syncing.export"), main=False)
        told = ft.Column([muted(t("syncing.waits_told")), button, muted(t("syncing.export_told"))], spacing=8)
        rows = [unsent_row(change, store) for change in waiting]
        listed = [*rows, ft.Container(told, padding=12)]
        return above_others(section_card(t("syncing.waits", count=len(waiting)), listed))

    return read.show(show, ft.Container)


@component
def _refused(change: UnsentChange) -> ft.Control:
    session, store = use_session(), use_store()
    file = use_loaded(lambda: session.unsent.export(change.record_id), [change])

    async def retry() -> None:
        await session.unsent.retry(change.record_id)

    async def drop() -> None:
        await session.unsent.drop(change.record_id)
        store.tell(t("syncing.refused.dropped"))

    retrying, dropping = use_command(retry), use_command(drop)
    error = retrying.error or dropping.error
    correct = ft.FilledTonalButton(
        t("syncing.refused.correct"),
        icon=ft.Icons.EDIT_OUTLINED,
        on_click=routes.way_to(routes.form(change.profile, change.kind, change.record_id)),
    )
    mendable = change.kind in WRITABLE and change.operation is not Operation.DELETED
    buttons: list[ft.Control] = [
        *([correct] if mendable else []),
        ft.OutlinedButton(t("app.try_again"), on_click=retrying.run, disabled=retrying.running),
        save_button(file.value, t("syncing.refused.export"), main=False),
        ft.TextButton(t("syncing.refused.drop"), on_click=dropping.run, disabled=dropping.running),
    ]
    lines = [
        section_title(change.title),
        muted(tell_change(change, store)),
        body(find(f"syncing.refused.{change.reason}") or t("syncing.refused.unknown")),
        *([muted(t("syncing.refused.told", words=change.told))] if change.told else []),
        ft.Row(buttons, spacing=8, run_spacing=8, wrap=True),
        *([error_card(error)] if error else []),
    ]
    return card(ft.Column(lines, spacing=8))
