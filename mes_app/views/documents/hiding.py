"""What professionals read of all documents of a person: hide or show them in one tap, and choose for what is new."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.visibility import VisibilitySummary
from mes_app.i18n import decimal, t
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import body, muted, section_title

_NOTHING = VisibilitySummary(total=0, hidden=0, waiting=0, enforced=False, hides_new=False)


def use_hiding_all() -> Callable[[], None]:
    """What opens the sheet of the profile in the address. The sheet goes with the choice, so that its undo shows."""
    session, store, shown = use_session(), use_store(), use_profile()
    is_open, set_open = ft.use_state(False)
    paint = use_cover_paint()

    async def read() -> VisibilitySummary:
        return await session.visibility.summarise(shown.pid) if is_open else _NOTHING

    summary = use_loaded(read, [shown.pid, is_open], (Kind.DOCUMENTS,))

    async def choose_all(hidden: bool) -> None:
        edited = await session.visibility.choose_all(shown.pid, hidden=hidden)
        set_open(False)
        store.offer_undo("visibility.all_hidden" if hidden else "visibility.all_shown", edited)

    async def choose_new(hidden: bool) -> None:
        await session.visibility.choose_new(shown.pid, hidden=hidden)

    choosing, choosing_new = use_command(choose_all), use_command(choose_new)
    parts = summary.show(lambda found: _parts(shown, found, choosing, choosing_new))
    sheet = bottom_sheet(t("visibility.title"), [parts], lambda: set_open(False), paint) if is_open else None
    ft.use_dialog(sheet)
    return lambda: set_open(True)


def _parts(shown: Profile, found: VisibilitySummary, choosing: Command, choosing_new: Command) -> ft.Control:
    told = [body(_tell_count(found))]
    if found.waiting:
        told.append(muted(t("visibility.waiting", count=found.waiting, shown=decimal(found.waiting))))
    return ft.Column(
        [
            section_title(t("visibility.all", name=shown.name)),
            *told,
            _buttons(found, choosing),
            muted(t("visibility.enforced" if found.enforced else "visibility.unenforced")),
            _new_row(found, choosing_new),
            section_title(t("visibility.who")),
            muted(t("visibility.still_read")),
            *other_error(choosing.error or choosing_new.error),
        ],
        spacing=12,
        tight=True,
    )


def _tell_count(found: VisibilitySummary) -> str:
    if not found.total:
        return t("visibility.no_document")
    if not found.hidden:
        return t("visibility.none", total=decimal(found.total))
    return t("visibility.count", count=found.hidden, shown=decimal(found.hidden), total=decimal(found.total))


def _buttons(found: VisibilitySummary, choosing: Command) -> ft.Control:
    async def hide() -> None:
        await choosing.run(True)

    async def show() -> None:
        await choosing.run(False)

    told = [
        (
            ft.FilledTonalButton,
            "visibility.hide_all",
            ft.Icons.VISIBILITY_OFF_OUTLINED,
            hide,
            found.total - found.hidden,
        ),
        (ft.OutlinedButton, "visibility.show_all", ft.Icons.VISIBILITY_OUTLINED, show, found.hidden),
    ]
    buttons: list[ft.Control] = [
        button(t(words), icon=icon, on_click=press, disabled=choosing.running or not count)
        for button, words, icon, press, count in told
    ]
    return ft.Row(buttons, spacing=8, run_spacing=8, wrap=True)


def _new_row(found: VisibilitySummary, choosing_new: Command) -> ft.Control:
    async def turn() -> None:
        await choosing_new.run(not found.hides_new)

    switch = ft.Switch(value=found.hides_new, on_change=turn)
    words, told = t("visibility.new_hidden"), t("visibility.new_told")
    return ft.MergeSemantics(list_row(words, told, trailing=switch, strong=True, lines=None, on_click=turn))
