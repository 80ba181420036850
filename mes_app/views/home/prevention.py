"""What prevention offers now or soon, in three lines at most: calmly, and each may be put aside."""

from collections.abc import Callable
from functools import partial

import flet as ft

from mes_app.domain.prevention import Choice, PreventionItem
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import read_today, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card, section_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.menus import more_button
from mes_app.views.widgets.steps import step_row
from mes_app.views.widgets.texts import muted, short_title

LINES = 3
_ICONS = {Choice.DONE: ft.Icons.TASK_ALT_ROUNDED, Choice.NOT_FOR_ME: ft.Icons.BLOCK_ROUNDED}


@component
def prevention_card(items: tuple[PreventionItem, ...], pid: str) -> ft.Control:
    """``items``, what matters most first; what was said of one stays until this screen is left, to be taken back."""
    said, set_said = ft.use_state(dict[str, PreventionItem]())
    shown = [*said.values(), *(item for item in items if item.id not in said)][:LINES]

    def note(item: PreventionItem, choice: Choice | None) -> None:
        others = {name: known for name, known in said.items() if name != item.id}
        set_said({**others, item.id: item} if choice else others)

    lines = [_line(item, pid, partial(note, item), said=item.id in said) for item in shown]
    way = (t("home.all_prevention"), routes.way_across(routes.prevention(pid)))
    return section_card(t("prevention.title"), [*lines, _told()], more=way) if lines else ft.Container()


@component
def _line(item: PreventionItem, pid: str, note: Callable[[Choice | None], None], *, said: bool) -> ft.Control:
    session, today = use_session(), read_today()

    async def mark(choice: Choice | None) -> None:
        await session.preventions.mark(pid, item.id, choice, today)
        note(choice)

    marking = use_command(mark)
    failed = [error_card(marking.error)] if marking.error else []
    if said:
        undo = ft.TextButton(t("prevention.unmark"), disabled=marking.running, on_click=partial(marking.run, None))
        words = ft.Column([short_title(item.title, lines=None), muted(t("prevention.marked"))], spacing=2)
        row = ft.Row([ft.Container(words, expand=True), undo], spacing=8)
        return ft.Column([ft.Container(row, padding=ft.Padding.symmetric(horizontal=12, vertical=8)), *failed])
    choices = [
        ft.PopupMenuItem(
            content=t(f"prevention.mark_{choice}"), icon=_ICONS[choice], on_click=partial(marking.run, choice)
        )
        for choice in Choice
    ]
    return ft.Column([step_row(item, more_button(choices, t("home.prevention_more", title=item.title))), *failed])


def _told() -> ft.Control:
    return ft.Container(muted(t("home.prevention_told")), padding=ft.Padding.only(left=12, right=12, bottom=8))
