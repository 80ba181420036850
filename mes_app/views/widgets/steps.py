"""One step of a calendar, of prevention or of a pregnancy, to be read: where it stands, in a sign and in words."""

import flet as ft

from mes_app.domain.prevention import PreventionItem, State
from mes_app.i18n import t
from mes_app.i18n.prevention import prevention_state
from mes_app.views.widgets.rows import tinted_icon
from mes_app.views.widgets.texts import muted, short_title

STATE_ICONS = {
    State.LATE: ft.Icons.HELP_OUTLINE_ROUNDED,
    State.DUE: ft.Icons.EVENT_AVAILABLE_OUTLINED,
    State.SOON: ft.Icons.EVENT_OUTLINED,
    State.LATER: ft.Icons.SCHEDULE_ROUNDED,
    State.DONE: ft.Icons.TASK_ALT_ROUNDED,
    State.OVER: ft.Icons.HISTORY_ROUNDED,
    State.NOT_FOR_ME: ft.Icons.BLOCK_ROUNDED,
}


def tell_step(item: PreventionItem) -> str:
    """« obligatoire, à partir du lun. 20 sept. 2027 »; of what is behind, only where it stands."""
    state = prevention_state(item.state, item.due, item.done)
    return f"{t(f'prevention.{item.obligation}')}, {state}" if item.due else state


def step_row(item: PreventionItem, trailing: ft.Control | None = None) -> ft.Control:
    """The step and where it stands; ``trailing``: what can be done of it."""
    words = ft.Column([short_title(item.title, strong=True, lines=None), muted(tell_step(item))], spacing=2)
    told = ft.Row([tinted_icon(STATE_ICONS[item.state]), ft.Container(words, expand=True)], spacing=16)
    row = ft.Row([ft.Container(ft.MergeSemantics(told), expand=True), *([trailing] if trailing else [])], spacing=8)
    return ft.Container(row, padding=ft.Padding.symmetric(horizontal=12, vertical=8))
