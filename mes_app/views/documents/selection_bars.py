"""The bar above the list while documents are chosen: how many they are, and what can be done with them at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

import flet as ft

from mes_app.domain.document_filters import DocumentFilter
from mes_app.domain.record import Kind
from mes_app.i18n import decimal, t
from mes_app.services.selecting import DELETED_AT_ONCE, STEP, Chosen
from mes_app.services.undoing import Edited
from mes_app.views import routes
from mes_app.views.documents.folders import use_moving
from mes_app.views.documents.selecting import Selection
from mes_app.views.routes import Destination
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.progress import progress_panel, use_progress
from mes_app.views.widgets.texts import announced

Act = Callable[[], Awaitable[None]]
_ONE = {
    "pinned": "folders.pinned",
    "unpinned": "folders.unpinned",
    "hidden": "visibility.hidden",
    "shown": "visibility.shown",
    "deleted": "visibility.deleting.deleted",
}
"""The words for one document, which are those of its own menu."""


@component
def selection_bar(selection: Selection, text: str, wanted: DocumentFilter, shown: str) -> ft.Control:
    """How many are chosen of what ``text`` and ``wanted`` find, and what can be done with them.

    ``shown`` is the id of the document beside the list, if any: once deleted, it is left.
    """
    session, store, pid = use_session(), use_store(), use_profile().pid
    ids = sorted(selection.ids or ())
    known = use_loaded(lambda: session.selecting.tell(ids), [pid, selection.ids], (Kind.DOCUMENTS,))
    chosen = known.value or Chosen(count=len(ids))
    nothing: Chosen | None = None
    refused, set_refused = ft.use_state(nothing)
    progress, report = use_progress()
    move = use_moving(lambda: selection.change(None))

    def finish(told: str, edited: Edited) -> None:
        selection.change(None)
        store.offer_undo(_ONE[told] if len(ids) == 1 else f"selecting.{told}", edited)

    async def choose_all() -> None:
        selection.change(frozenset(await session.selecting.list_all(pid, text, wanted)))

    async def pin() -> None:
        judged = await session.selecting.tell(ids)
        pinned = judged.pinned < judged.count
        finish("pinned" if pinned else "unpinned", await session.arranging.pin(ids, pinned=pinned))

    async def hide() -> None:
        judged = await session.selecting.tell(ids)
        hidden = judged.hidden < judged.count
        set_refused(None)
        finish("hidden" if hidden else "shown", await session.selecting.hide(ids, hidden=hidden, report=report))

    async def delete() -> None:
        judged = await session.selecting.tell(ids)
        if len(ids) > DELETED_AT_ONCE or judged.foreign:
            set_refused(judged)
            return
        finish("deleted", await session.selecting.delete(ids))
        if shown in ids:
            routes.go(routes.place(pid, Destination.DOCUMENTS))

    async def run(act: Act) -> None:
        await act()

    acting = use_command(run)
    ft.use_dialog(_refusal(refused, partial(acting.run, hide), lambda: set_refused(None)) if refused else None)
    heading = _heading(len(ids), lambda: selection.change(None), partial(acting.run, choose_all))
    if acting.running and progress.total > STEP:
        counted = t("app.counted", done=decimal(progress.done), total=decimal(progress.total))
        return ft.Column([heading, progress_panel(t("selecting.working"), counted, progress)], spacing=4)
    acts = _Acts(lambda: move(ids, wanted.folder), *(partial(acting.run, act) for act in (pin, hide, delete)))
    buttons = _list_buttons(chosen, acts)
    for button in buttons:
        button.disabled = not ids or acting.running
    failed = [error_card(acting.error)] if acting.error else []
    return ft.Column([heading, ft.Row([*buttons], spacing=0, run_spacing=0, wrap=True), *failed], spacing=0)


@dataclass(frozen=True)
class _Acts:
    """What the buttons do."""

    move: Callable[..., object]
    pin: Callable[..., object]
    hide: Callable[..., object]
    delete: Callable[..., object]


def _list_buttons(chosen: Chosen, acts: _Acts) -> list[ft.TextButton]:
    """Each says what it will do to what is chosen."""
    pins, hides = chosen.pinned < chosen.count, chosen.hidden < chosen.count
    seen = ft.Icons.VISIBILITY_OFF_OUTLINED if hides else ft.Icons.VISIBILITY_OUTLINED
    return [
        _button("selecting.move", ft.Icons.DRIVE_FILE_MOVE_OUTLINED, acts.move),
        _button("folders.pin" if pins else "folders.unpin", ft.Icons.PUSH_PIN_OUTLINED, acts.pin),
        _button("selecting.hide" if hides else "selecting.show", seen, acts.hide),
        _button("selecting.delete", ft.Icons.DELETE_OUTLINE_ROUNDED, acts.delete),
    ]


def _heading(count: int, leave: Callable[[], None], choose_all: Callable[..., object]) -> ft.Control:
    words = t("selecting.count", count=count, shown=decimal(count)) if count else t("selecting.none")
    told = ft.Text(words, theme_style=ft.TextThemeStyle.TITLE_MEDIUM)
    return ft.Row(
        [
            _icon_button("selecting.leave", ft.Icons.CLOSE_ROUNDED, leave),
            ft.Container(announced(told), expand=True),
            _icon_button("selecting.all", ft.Icons.SELECT_ALL_ROUNDED, choose_all),
        ],
        spacing=4,
    )


def _icon_button(key: str, icon: ft.IconData, on_click: Callable[..., object]) -> ft.Control:
    return ft.IconButton(
        ft.Icon(icon, semantics_label=t(key)),
        tooltip=ft.Tooltip(t(key), exclude_from_semantics=True),
        on_click=on_click,
        width=TARGET,
        height=TARGET,
    )


def _button(key: str, icon: ft.IconData, on_click: Callable[..., object]) -> ft.TextButton:
    return ft.TextButton(t(key), icon=icon, on_click=on_click, height=TARGET)


def _refusal(chosen: Chosen, hide: Callable[..., object], close: Callable[[], None]) -> ft.AlertDialog:
    """Why these documents are not deleted, and what can be done instead."""
    if chosen.foreign:
        title, told = "selecting.refused", t("selecting.refused_told", count=chosen.foreign, shown=chosen.foreign)
    else:
        title, told = "selecting.too_many", t("selecting.too_many_told", count=decimal(chosen.count))
    offers = chosen.foreign and chosen.hidden < chosen.count
    instead = [ft.FilledButton(t("selecting.hide_instead"), on_click=hide)] if offers else []
    return ft.AlertDialog(
        scrollable=True,
        title=t(title),
        content=ft.Text(told),
        actions=[ft.TextButton(t("app.close"), on_click=close), *instead],
        on_dismiss=close,
    )
