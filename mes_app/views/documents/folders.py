"""The folders of a person: the chip that opens one, and the sheet in which documents are moved to one.

A name is typed in the sheet itself: Flet shows no dialog well above a sheet.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

import flet as ft

from mes_app.domain.documents import Document
from mes_app.domain.folders import LONGEST_NAME, Folder
from mes_app.domain.record import Kind
from mes_app.i18n import decimal, t
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, text_field
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.menus import more_button
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import muted

Choose = Callable[[str], None]
Move = Callable[[Sequence[str], str], None]
"""Given the documents to move, by our ids, and the folder that they are in, empty if in none or in several."""


@dataclass(frozen=True)
class _Naming:
    """A name that is being typed, of a new folder or in place of ``former``."""

    former: str = ""
    typed: str = ""


@dataclass(frozen=True)
class _Sheet:
    """What a sheet shows and does: ``choose`` is given the folder pressed, empty for none."""

    title: str
    none: str
    choose: Callable[[str], Awaitable[None]]
    name: Callable[[_Naming], Awaitable[None]]
    delete: Callable[[str], Awaitable[None]] | None = None


@dataclass(frozen=True)
class _Hands:
    """What the list of a sheet can do: choose a folder, delete one where that is offered, begin to type a name."""

    choose: Command
    delete: Command | None
    begin: Callable[[_Naming | None], None]


@component
def folders_chip(chosen: str, change: Choose) -> ft.Control:
    """Opens the folders of the profile in the address, to see what is in one; ``chosen`` is its name, if any."""
    session, store, pid = use_session(), use_store(), use_profile().pid
    is_open, set_open = ft.use_state(False)

    async def choose(name: str) -> None:
        set_open(False)
        change(name)

    async def name_one(naming: _Naming) -> None:
        if not naming.former:
            await session.arranging.add_folder(pid, naming.typed)
            return
        name = await session.arranging.rename_folder(pid, naming.former, naming.typed)
        if chosen == naming.former:
            change(name)

    async def delete(name: str) -> None:
        edited = await session.arranging.delete_folder(pid, name)
        set_open(False)
        if chosen == name:
            change("")
        store.offer_undo("folders.deleted", edited)

    sheet = _Sheet(t("folders.title"), t("folders.all"), choose, name_one, delete)
    _use_sheet(sheet, chosen, lambda: set_open(False), shown=is_open)
    return ft.Chip(
        label=chosen or t("folders.title"),
        leading=ft.Icon(ft.Icons.FOLDER_OPEN_OUTLINED if chosen else ft.Icons.FOLDER_OUTLINED, size=18),
        selected=bool(chosen),
        show_checkmark=False,
        delete_icon_tooltip=t("folders.leave", name=chosen) if chosen else None,
        on_delete=(lambda: change("")) if chosen else None,
        on_select=lambda: set_open(True),
    )


def use_moving(done: Callable[[], None] = lambda: None) -> Move:
    """What opens the sheet in which a folder is chosen for documents; ``done`` is called once they are moved."""
    session, store = use_session(), use_store()
    nothing: tuple[tuple[str, ...], str] = ((), "")
    moved, set_moved = ft.use_state(nothing)
    ids, former = moved

    async def move(name: str) -> None:
        edited = await session.arranging.move(ids, name)
        set_moved(nothing)
        done()
        topic, what = "folders" if len(ids) == 1 else "selecting", "moved" if name else "taken_out"
        store.offer_undo(f"{topic}.{what}", edited)

    async def name_one(naming: _Naming) -> None:
        await move(naming.typed)

    sheet = _Sheet(t("folders.move"), t("folders.none"), move, name_one)
    _use_sheet(sheet, former, lambda: set_moved(nothing), shown=bool(ids))
    return lambda record_ids, folder: set_moved((tuple(record_ids), folder))


def move_item(document: Document, move: Move) -> ft.PopupMenuItem:
    """The item of the menu of a document."""
    return ft.PopupMenuItem(
        content=t("folders.move"),
        icon=ft.Icons.DRIVE_FILE_MOVE_OUTLINED,
        on_click=lambda: move([document.id], document.folder),
    )


def _use_sheet(sheet: _Sheet, chosen: str, close: Callable[[], None], *, shown: bool) -> None:
    """While ``shown``, the folders of the profile in the address, ``chosen`` marked; or the form of a name."""
    session, pid, paint = use_session(), use_profile().pid, use_cover_paint()
    nothing: _Naming | None = None
    naming, set_naming = ft.use_state(nothing)

    async def read() -> list[Folder]:
        return await session.arranging.folders(pid) if shown else []

    async def save() -> None:
        if naming:
            await sheet.name(naming)
            set_naming(None)

    def begin(new: _Naming | None) -> None:
        saving.clear()
        set_naming(new)

    def put_away() -> None:
        begin(None)
        close()

    folders = use_loaded(read, [pid, shown], (Kind.DOCUMENTS,))
    saving, choosing, deleting = use_command(save), use_command(sheet.choose), use_command(sheet.delete or sheet.choose)
    hands = _Hands(choosing, deleting if sheet.delete else None, begin)
    form = _naming_form(naming or _Naming(), set_naming, saving, cancel=lambda: begin(None))
    title = sheet.title
    parts = [folders.show(lambda found: _list(found, sheet.none, chosen, hands)), *other_error(choosing.error)]
    if naming:
        title, parts = t("folders.renaming" if naming.former else "folders.new"), form
    ft.use_dialog(bottom_sheet(title, parts, put_away, paint) if shown else None)


def _naming_form(
    naming: _Naming, change: Callable[[_Naming], None], saving: Command, *, cancel: Callable[[], None]
) -> list[ft.Control]:
    """Uses hooks: part of every drawing."""

    async def submit(_typed: str) -> None:
        await saving.run()

    field = text_field(
        t("folders.name"),
        naming.typed,
        lambda typed: change(replace(naming, typed=typed)),
        on_submit=submit,
        hint=t("folders.name_hint"),
        error=read_field_error(saving.error),
        max_length=LONGEST_NAME,
        autofocus=True,
        width=float("inf"),
    )
    words = t("folders.rename" if naming.former else "folders.create")
    button = main_button(words, saving, disabled=not naming.typed.strip())
    return [field, button, ft.TextButton(t("app.cancel"), on_click=cancel), *other_error(saving.error)]


def _list(folders: Sequence[Folder], none: str, chosen: str, hands: _Hands) -> ft.Control:
    told = [] if folders else [muted(t("folders.empty"))]
    out = [_choice(none, "", ft.Icons.FOLDER_OFF_OUTLINED, hands)] if chosen else []
    rows = [_row(folder, hands, selected=folder.name == chosen) for folder in folders]
    new = ft.TextButton(
        t("folders.new"), icon=ft.Icons.CREATE_NEW_FOLDER_OUTLINED, on_click=lambda: hands.begin(_Naming())
    )
    return ft.Column([*told, *out, *rows, new], spacing=4, tight=True)


def _row(folder: Folder, hands: _Hands, *, selected: bool) -> ft.Control:
    words = t("folders.count", count=folder.count, shown=decimal(folder.count))
    row = _choice(folder.name, folder.name, ft.Icons.FOLDER_OUTLINED, hands, told=words, selected=selected)
    if hands.delete is None:
        return row
    return ft.Row([ft.Container(row, expand=True), _menu(folder.name, hands, hands.delete)], spacing=0)


def _choice(
    words: str, name: str, icon: ft.IconData, hands: _Hands, *, told: str = "", selected: bool = False
) -> ft.Control:
    async def choose() -> None:
        await hands.choose.run(name)

    return list_row(words, told, icon=icon, selected=selected, on_click=choose)


def _menu(name: str, hands: _Hands, delete: Command) -> ft.Control:
    async def remove() -> None:
        await delete.run(name)

    items = [
        ft.PopupMenuItem(
            content=t("folders.rename"),
            icon=ft.Icons.EDIT_OUTLINED,
            on_click=lambda: hands.begin(_Naming(former=name, typed=name)),
        ),
        ft.PopupMenuItem(content=t("folders.delete"), icon=ft.Icons.DELETE_OUTLINE_ROUNDED, on_click=remove),
    ]
    return more_button(items, t("folders.more", name=name))
