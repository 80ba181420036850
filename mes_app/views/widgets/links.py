"""What a record is linked to: its rows, and the sheet in which links are made and taken back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import flet as ft

from mes_app.domain.links import OPENED, Linked
from mes_app.domain.record import Kind, Row
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.covers import use_cover_paint
from mes_app.views.widgets.fields import other_error, text_field
from mes_app.views.widgets.icons import choose_icon
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.sheets import bottom_sheet
from mes_app.views.widgets.texts import muted, section_title
from mes_app.views.widgets.words import tell_day


@dataclass(frozen=True)
class Ties:
    """What a record is linked to, and the kinds that it could be linked to: none where that is not one's own to say."""

    links: tuple[Linked, ...] = ()
    kinds: tuple[Kind, ...] = ()


def use_ties(record_id: str) -> Ties:
    """Those of one record; none until they are known. A hook."""
    session, pid = use_session(), use_profile().pid

    async def read() -> Ties:
        return Ties(tuple(await session.linking.list(record_id)), await session.linking.kinds(record_id))

    loaded: Loaded[Ties] = use_loaded(read, [pid, record_id], OPENED)
    return loaded.value or Ties()


@component
def links_card(record_id: str) -> ft.Control:
    """« Liens »: each record opens, and the way to make another; nothing where there is neither."""
    ties = use_ties(record_id)
    begin = use_link_sheet(record_id, ties)
    if not ties.links and not ties.kinds:
        return ft.Container()
    rows = [_row(link.row, routes.way_across(_address(link.row))) for link in ties.links]
    told = [] if rows else [ft.Container(muted(t("links.none")), padding=ft.Padding.only(left=12, right=12, bottom=8))]
    heading = ft.Row([ft.Container(section_title(t("links.title")), expand=True), *_change_button(ties, begin)])
    top = ft.Container(heading, padding=ft.Padding.only(left=12, top=4, bottom=4))
    return card(ft.Column([top, *rows, *told], spacing=0), padding=4)


def link_buttons(ties: Ties) -> list[ft.Control]:
    """The same as a line of buttons, where there is no room for rows."""
    buttons: list[ft.Control] = [
        ft.TextButton(link.row.name, icon=choose_icon(link.row), on_click=routes.way_across(_address(link.row)))
        for link in ties.links
    ]
    return [ft.Row(buttons, wrap=True, spacing=8, run_spacing=0)] if buttons else []


def link_items(ties: Ties, begin: Callable[[], None]) -> list[ft.PopupMenuItem]:
    """The item of a menu that opens the sheet, where it can be of use."""
    if not ties.kinds:
        return []
    return [ft.PopupMenuItem(content=t("links.add"), icon=ft.Icons.ADD_LINK_ROUNDED, on_click=begin)]


def use_link_sheet(record_id: str, ties: Ties) -> Callable[[], None]:
    """What opens the sheet in which the links of a record are made and taken back; each can be undone. A hook."""
    session, store = use_session(), use_store()

    async def find(text: str) -> list[Row]:
        return await session.linking.candidates(record_id, text)

    async def link(other_id: str) -> None:
        store.offer_undo("links.linked", await session.linking.link(record_id, other_id))

    async def unlink(other_id: str) -> None:
        store.offer_undo("links.unlinked", await session.linking.unlink(record_id, other_id))

    linked = [link.row for link in ties.links if link.mine]
    return use_link_choice(LinkChoice(record_id, ties.kinds, linked, find, link, unlink))


@dataclass(frozen=True)
class LinkChoice:
    """What a sheet of links offers: records of ``kinds`` to ``find`` by words and to ``link``, and to ``unlink`` those
    already ``linked``. ``about``: the record, or what is being written.
    """

    about: str
    kinds: Sequence[Kind]
    linked: Sequence[Row]
    find: Callable[[str], Awaitable[list[Row]]]
    link: Callable[[str], Awaitable[None]]
    unlink: Callable[[str], Awaitable[None]]


def use_link_choice(choice: LinkChoice) -> Callable[[], None]:
    """What opens the sheet of ``choice``; it closes once something was chosen. A hook."""
    pid, paint = use_profile().pid, use_cover_paint()
    is_open, set_open = ft.use_state(False)
    typed, set_typed = ft.use_state("")

    async def read() -> list[Row]:
        return await choice.find(typed) if is_open else []

    async def link(other_id: str) -> None:
        await choice.link(other_id)
        set_open(False)

    async def unlink(other_id: str) -> None:
        await choice.unlink(other_id)
        set_open(False)

    def begin() -> None:
        set_typed("")
        linking.clear()
        set_open(True)

    found = use_loaded(read, [pid, choice.about, typed, is_open], OPENED)
    linking, unlinking = use_command(link), use_command(unlink)
    field = text_field(t("links.search"), typed, set_typed, prefix_icon=ft.Icons.SEARCH_ROUNDED, width=float("inf"))
    parts = [
        *(linked_row(row, unlinking) for row in choice.linked),
        muted(t("links.told", kinds=name_kinds(choice.kinds))),
        field,
        found.show(lambda rows: _candidates(rows, linking, typed), ft.Container),
        *other_error(linking.error or unlinking.error),
    ]
    sheet = bottom_sheet(t("links.add"), parts, lambda: set_open(False), paint, spacing=16) if is_open else None
    ft.use_dialog(sheet)
    return begin


def linked_row(row: Row, unlinking: Command) -> ft.Control:
    """A record that something is linked to, and what takes that back: ``unlinking``, given its id."""
    words = t("links.remove", title=row.name)
    icon, run = ft.Icons.LINK_OFF_ROUNDED, unlinking.given(row.id).run
    button = ft.IconButton(icon, tooltip=words, on_click=run, width=TARGET, height=TARGET)
    named = ft.MergeSemantics(button)  # else its tooltip would be a name of what surrounds the row
    return ft.Row([ft.Container(_row(row, None), expand=True), named], spacing=0)


def name_kinds(kinds: Sequence[Kind]) -> str:
    """« documents, pathologies »."""
    return ", ".join(t(f"sections.{kind}.title").lower() for kind in kinds)


def _change_button(ties: Ties, begin: Callable[[], None]) -> list[ft.Control]:
    return [ft.TextButton(t("links.add"), icon=ft.Icons.ADD_LINK_ROUNDED, on_click=begin)] if ties.kinds else []


def _candidates(rows: Sequence[Row], linking: Command, typed: str) -> ft.Control:
    if not rows:
        return muted(t("links.not_found" if typed.strip() else "links.nothing"))
    return ft.Column([_row(row, linking.given(row.id).run) for row in rows], spacing=0, tight=True)


def _row(row: Row, on_click: Callable[..., object] | None) -> ft.Control:
    told = (t(f"sections.{row.kind}.title"), row.subtitle, tell_day(row.date))
    return list_row(row.name, " · ".join(filter(None, told)), icon=choose_icon(row), on_click=on_click)


def _address(row: Row) -> str:
    return routes.record(row.profile, row.kind, row.id)
