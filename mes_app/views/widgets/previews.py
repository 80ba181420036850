"""The one way a document is shown: its pages as pictures, one below the other, or its text.

A page that is pressed fills the place and can be moved and enlarged; pages are drawn only as they come near.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import flet as ft

from mes_app.domain.documents import Content
from mes_app.errors import Unreadable
from mes_app.i18n import decimal, t
from mes_app.services.previews import Preview, PreviewKind
from mes_app.services.session import Session
from mes_app.views.state import use_ui
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.paging import AHEAD
from mes_app.views.widgets.signs import READING_INTERVAL, note_sign
from mes_app.views.widgets.texts import announced, muted
from mes_app.views.widgets.zooming import Press, Zoom, sign_button, use_zoom, with_keys, zoom_buttons

PAGE_PIXELS, ENLARGED_PIXELS = 1240, 2480
PAGES_AT_ONCE = 3
SHEET_RATIO = 210 / 297
READING_WIDTH = 860
ENLARGED, ZOOM_MOST = 1.75, 6
"""How much wider than its place a page that is pressed is drawn, and how much larger yet it can be made."""

RenderPage = Callable[[int, int], Awaitable[bytes]]
"""A page, from 0, at a width in pixels, as PNG."""


@dataclass(frozen=True)
class Opened:
    """A content, and its preview or why there is none: it can still be saved then."""

    content: Content
    preview: Preview | Unreadable


async def open_preview(session: Session, reading: Awaitable[Content]) -> Opened:
    """What ``reading`` gives and how it is shown. Raises what ``reading`` raises."""
    content = await reading
    try:
        return Opened(content, await session.documents.preview(content))
    except Unreadable as reason:
        return Opened(content, reason)


@component
def preview_panel(preview: Preview, render: RenderPage, identity: object) -> ft.Control:
    """``preview`` in all the place there is; ``identity`` changes with the document, whose pages ``render`` draws."""
    nothing: int | None = None
    enlarged, enlarge = ft.use_state(nothing)
    if preview.kind is PreviewKind.TEXT:
        return _text_sheet(preview.text)
    if enlarged is not None:
        return _enlarged_page(enlarged, preview.pages, render, identity, enlarge)
    return _page_list(preview.pages, render, identity, enlarge)


def preview_wait(words: str) -> ft.Control:
    """What stands in the place of a preview while ``words`` are being done."""
    column = ft.Column(
        [ft.ProgressRing(width=32, height=32, stroke_width=3), muted(words)],
        alignment=ft.MainAxisAlignment.CENTER,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
        spacing=16,
    )
    return ft.Container(announced(column), alignment=ft.Alignment.CENTER, expand=True)


def _text_sheet(text: str) -> ft.Control:
    sheet = ft.Container(
        ft.Text(text, theme_style=ft.TextThemeStyle.BODY_LARGE),
        padding=24,
        border_radius=RADIUS,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        width=READING_WIDTH,
    )
    return ft.ListView(
        [_centred(sheet)], expand=True, padding=16, on_scroll=note_sign, scroll_interval=READING_INTERVAL
    )


@component
def _page_list(count: int, render: RenderPage, identity: object, enlarge: Callable[[int | None], None]) -> ft.Control:
    """The pages one below the other, more of them as the end comes near."""
    drawn, set_drawn = ft.use_state(PAGES_AT_ONCE)

    def scroll(event: ft.OnScrollEvent) -> None:
        if event.pixels > event.max_scroll_extent - AHEAD:
            set_drawn(min(drawn + PAGES_AT_ONCE, count))

    pages = [
        _centred(_page(number, count, render, identity, enlarge, key=number))  # type: ignore[call-arg]
        for number in range(min(drawn, count))
    ]
    return ft.ListView(pages, expand=True, spacing=16, padding=use_ui().margin, on_scroll=scroll, scroll_interval=50)


@component
def _page(
    number: int, count: int, render: RenderPage, identity: object, enlarge: Callable[[int | None], None]
) -> ft.Control:
    """One page as wide as there is place; the shape of a sheet until it is drawn."""
    read = use_loaded(lambda: render(number, PAGE_PIXELS), [identity, number])
    if read.value is None:
        return read.show(lambda _: ft.Container(), _blank_sheet) if read.failure else _blank_sheet()
    sheet = ft.Container(
        ft.Image(src=read.value, fit=ft.BoxFit.FILL, border_radius=RADIUS, exclude_from_semantics=True),
        aspect_ratio=read_ratio(read.value),
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW,
        border_radius=RADIUS,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        ink=True,
        on_click=lambda: enlarge(number),
    )
    words = t("files.enlarge_page", number=number + 1, count=count)
    page = ft.MergeSemantics(ft.Semantics(content=sheet, label=words, button=True))
    if count == 1:
        return page
    told = muted(t("files.page", number=decimal(number + 1), count=decimal(count)))
    place = ft.Semantics(content=told, exclude_semantics=True)
    return ft.Column([page, place], spacing=4, horizontal_alignment=ft.CrossAxisAlignment.CENTER)


@component
def _enlarged_page(
    number: int, count: int, render: RenderPage, identity: object, turn: Callable[[int | None], None]
) -> ft.Control:
    """One page to move and enlarge with fingers, mouse, keys, or the buttons below it."""
    read = use_loaded(lambda: render(number, ENLARGED_PIXELS), [identity, number])
    width, set_width = ft.use_state(0.0)
    zooming = use_zoom()

    def fit(event: ft.LayoutSizeChangeEvent[ft.LayoutControl]) -> None:
        set_width(event.width)
        zooming.fit(event)

    def show(png: bytes) -> ft.Control:
        words = t("files.page", number=number + 1, count=count)
        image = ft.Image(src=png, width=width * ENLARGED, fit=ft.BoxFit.FIT_WIDTH, semantics_label=words)
        return ft.InteractiveViewer(
            image,
            ref=zooming.viewer,
            constrained=False,
            min_scale=1 / ENLARGED,
            max_scale=ZOOM_MOST,
            on_interaction_start=note_sign,
            expand=True,
            key=number,
        )

    place = ft.Container(
        read.show(show, _blank_sheet) if width else None,
        expand=True,
        bgcolor=ft.Colors.SURFACE_CONTAINER,
        on_size_change=fit,
    )
    column = ft.Column([place, _page_bar(number, count, turn, zooming.zoom)], spacing=0, expand=True)
    return with_keys(column, zooming.zoom, _list_keys(number, count, turn))


def _list_keys(number: int, count: int, turn: Callable[[int | None], None]) -> dict[str, Press]:
    keys: dict[str, Press] = {"Escape": lambda: turn(None)}
    if number > 0:
        keys["Page Up"] = lambda: turn(number - 1)
    if number + 1 < count:
        keys["Page Down"] = lambda: turn(number + 1)
    return keys


def _page_bar(number: int, count: int, turn: Callable[[int | None], None], zoom: Zoom) -> ft.Control:
    words, last = ft.Text(t("files.page", number=decimal(number + 1), count=decimal(count))), number + 1 >= count
    buttons = [
        sign_button(ft.Icons.CHEVRON_LEFT_ROUNDED, "files.previous_page", lambda: turn(number - 1), off=number == 0),
        words,
        sign_button(ft.Icons.CHEVRON_RIGHT_ROUNDED, "files.next_page", lambda: turn(number + 1), off=last),
        *zoom_buttons(zoom),
        sign_button(ft.Icons.CLOSE_FULLSCREEN_ROUNDED, "files.all_pages", lambda: turn(None)),
    ]
    return ft.Row(buttons, alignment=ft.MainAxisAlignment.CENTER, spacing=4)


def read_ratio(png: bytes) -> float:
    """Width over height, so that a page takes its place before it is drawn. Read from the header of the PNG."""
    width, height = (int.from_bytes(png[start : start + 4]) for start in (16, 20))
    return width / height if height else SHEET_RATIO


def _blank_sheet() -> ft.Control:
    ring = ft.ProgressRing(width=28, height=28, stroke_width=3, semantics_label=t("app.loading"))
    return ft.Container(
        ring,
        aspect_ratio=SHEET_RATIO,
        border_radius=RADIUS,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        alignment=ft.Alignment.CENTER,
    )


def _centred(content: ft.Control) -> ft.Control:
    held = ft.Container(content, width=READING_WIDTH, expand=True, expand_loose=True)
    return ft.Row([held], alignment=ft.MainAxisAlignment.CENTER)
