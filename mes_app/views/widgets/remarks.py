"""« Signaler une erreur »: what a person says is wrong in a record that somebody else wrote, beside that record."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.checks import may_edit
from mes_app.domain.record import Kind, Source
from mes_app.domain.remarks import Remark
from mes_app.i18n import t
from mes_app.services.remarks import Reported
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, text_field
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import body, muted, section_title
from mes_app.views.widgets.words import tell_moment

Begin = Callable[[Remark | None], None]
"""Opens the sheet of a new remark, or of the one given."""


def use_reported(record_id: str, kind: Kind) -> Reported:
    """What was reported of a record of ``kind``; nothing until it is known. A hook."""
    session, pid = use_session(), use_profile().pid

    async def read() -> Reported:
        return await session.remarks.read(record_id)

    loaded: Loaded[Reported] = use_loaded(read, [pid, record_id], (kind, Kind.REMARKS))
    return loaded.value or Reported()


@component
def remarks_part(record_id: str, kind: Kind) -> ft.Control:
    """What was reported of a record, and how to report an error where the person cannot correct it."""
    reported = use_reported(record_id, kind)
    begin = use_remark_sheet(record_id)
    cards = [remark_card(remark, begin) for remark in reported.remarks]
    if not reported.open and not cards:
        return ft.Container()
    button = ft.OutlinedButton(t("remarks.report"), icon=ft.Icons.FEEDBACK_OUTLINED, on_click=lambda: begin(None))
    row = ft.Row([button], wrap=True)
    return ft.Column([*cards, *([row] if reported.open else [])], spacing=12)


@component
def remark_card(remark: Remark, begin: Begin) -> ft.Control:
    """One remark: who reported it, when, its words, and what can be done with one's own."""
    session, store = use_session(), use_store()

    async def remove() -> None:
        store.offer_undo("remarks.removed", await session.editing.delete(remark.id))

    removing = use_command(remove)
    buttons = ft.Row(
        [
            ft.TextButton(t("forms.change"), icon=ft.Icons.EDIT_OUTLINED, on_click=lambda: begin(remark)),
            ft.TextButton(t("forms.delete"), icon=ft.Icons.DELETE_OUTLINE_ROUNDED, on_click=removing.run),
        ],
        wrap=True,
    )
    mine = [buttons] if may_edit(Kind.REMARKS, remark.source) else []
    return card(
        ft.Column(
            [section_title(_tell_when(remark)), body(remark.text), *mine, *other_error(removing.error)],
            spacing=8,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    )


def remark_lines(reported: Reported) -> list[ft.Control]:
    """The same as lines, where there is no room for cards."""
    return [muted(f"{_tell_when(remark)} : {remark.text}", lines=3) for remark in reported.remarks]


def remark_items(reported: Reported, begin: Begin) -> list[ft.PopupMenuItem]:
    """The item of a menu that opens the sheet: of one's own remark where there is one."""
    mine = next((one for one in reported.remarks if may_edit(Kind.REMARKS, one.source)), None)
    if not reported.open and mine is None:
        return []
    words = t("remarks.change" if mine else "remarks.report")
    return [ft.PopupMenuItem(content=words, icon=ft.Icons.FEEDBACK_OUTLINED, on_click=lambda: begin(mine))]


def use_remark_sheet(record_id: str) -> Begin:
    """What opens the sheet in which a remark on a record is written; it can be undone. A hook."""
    session, store, paint = use_session(), use_store(), use_cover_paint()
    nothing: tuple[str, str] | None = None
    written, write = ft.use_state(nothing)
    remark_id, typed = written or ("", "")

    async def save() -> None:
        remarks = session.remarks
        edited = await (remarks.change(remark_id, typed) if remark_id else remarks.report(record_id, typed))
        write(None)
        store.offer_undo("remarks.kept", edited)

    async def remove() -> None:
        edited = await session.editing.delete(remark_id)
        write(None)
        store.offer_undo("remarks.removed", edited)

    def begin(remark: Remark | None) -> None:
        saving.clear()
        write((remark.id, remark.text) if remark else ("", ""))

    saving, removing = use_command(save), use_command(remove)
    field = text_field(
        t("remarks.text"),
        typed,
        lambda text: write((remark_id, text)),
        error=read_field_error(saving.error),
        multiline=True,
        min_lines=3,
        autofocus=True,
        width=float("inf"),
    )
    drop = ft.TextButton(t("forms.delete"), icon=ft.Icons.DELETE_OUTLINE_ROUNDED, on_click=removing.run)
    buttons = [main_button(t("forms.save"), saving), *([drop] if remark_id else [])]
    parts = [muted(t("remarks.told")), field, *buttons, *other_error(saving.error or removing.error)]
    sheet = bottom_sheet(t("remarks.report"), parts, lambda: write(None), paint, spacing=16) if written else None
    ft.use_dialog(sheet)
    return begin


def _tell_when(remark: Remark) -> str:
    key = "yours" if remark.source is Source.SELF else "theirs"
    return t(f"remarks.{key}", date=tell_moment(remark.date))
