"""One page of the health booklet: what was noted at an age, its photos, what was measured, and its examination."""

import asyncio

import flet as ft

from mes_app.domain.booklets import BookletPage, Photo
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pages import Page
from mes_app.i18n import t
from mes_app.services.booklets import MOST_AT_ONCE
from mes_app.views import routes
from mes_app.views.forms.actions import entry_actions
from mes_app.views.health.booklet import tell_exam, use_booklet
from mes_app.views.health.words import tell_value
from mes_app.views.state import use_profile, use_session, use_store
from mes_app.views.theme import RADIUS
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state, error_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.details import tell_origin
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.picked_files import read_picked, use_picker
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.tables import ruled, told
from mes_app.views.widgets.texts import body, muted, page_title, section_title
from mes_app.views.widgets.words import tell_day

SIDE = 152
"""Pixels of a photo on a page: two stand side by side on a phone."""


@component
def page_panel(about: str) -> ft.Control:
    """The page of an age, or the one that the record ``about`` belongs to."""
    return page_column([use_booklet().show(lambda booklet: _show(booklet.find_page(about), about))])


def _show(page: BookletPage | None, about: str) -> ft.Control:
    if page is None:
        return empty_state(KIND_ICONS[Kind.PAGES], t("booklet.empty_page"))
    parts = [page_title(page.name), *_exam(page), _notes(page, about), _photos(page), *_measures(page)]
    return ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _exam(page: BookletPage) -> list[ft.Control]:
    way = routes.way_across(routes.prevention(use_profile().pid))
    if page.exam is None:
        return []
    return [card(way_row(page.exam.title, tell_exam(page.exam), ft.Icons.FACT_CHECK_OUTLINED, way), padding=0)]


def _notes(page: BookletPage, about: str) -> ft.Control:
    """What was noted; where nothing was, the way to write it."""
    noted = [_note(note) for note in page.notes]
    writing = ft.FilledTonalButton(
        t("booklet.add_note"),
        icon=ft.Icons.EDIT_OUTLINED,
        on_click=routes.way_to(routes.form(use_profile().pid, Kind.PAGES, about)),
    )
    shown = noted or [ft.Row([writing], wrap=True)]
    return card(ft.Column([section_title(t("booklet.notes")), *shown], spacing=12))


def _note(note: Page) -> ft.Control:
    """One record of the page, who wrote it, and what can be done with it."""
    day = [muted(tell_day(note.date))] if note.date else []
    words = body(note.text) if note.text else muted(t("booklet.empty_page"))
    told_origin = muted(tell_origin(note))
    return ft.Column([*day, words, told_origin, entry_actions(Kind.PAGES, note.id)], spacing=8)


def _measures(page: BookletPage) -> list[ft.Control]:
    """What was measured on the days of the page."""
    rows = [_measure(row) for row in page.measures] or [muted(t("booklet.measures_none"))]
    return [card(ft.Column([section_title(t("booklet.measures")), *rows], spacing=4))]


def _measure(row: Row) -> ft.Control:
    words = f"{row.title} : {tell_value(row)}"
    day = tell_day(row.date)
    return told(ruled(ft.Column([body(words), muted(day)], spacing=2)), f"{words}, {day}")


@component
def _photos(page: BookletPage) -> ft.Control:
    """The photos, and the button that adds more."""
    session, pid, store, pick = use_session(), use_profile().pid, use_store(), use_picker()

    async def add() -> None:
        if picked := await pick(ft.FilePickerFileType.IMAGE):
            photos = [await asyncio.to_thread(read_picked, file) for file in picked[:MOST_AT_ONCE]]
            store.offer_undo("booklet.photos_added", await session.booklets.add_photos(pid, page.id, photos))

    adding = use_command(add)
    count = len(page.photos)
    shown = [_photo(photo, number, count) for number, photo in enumerate(page.photos, start=1)]
    button = ft.OutlinedButton(
        t("booklet.adding" if adding.running else "booklet.add_photos"),
        icon=ft.Icons.ADD_PHOTO_ALTERNATE_OUTLINED,
        on_click=adding.run,
        disabled=adding.running,
    )
    grid = [ft.Row(shown, wrap=True, spacing=8, run_spacing=8)] if shown else []
    column = [section_title(t("booklet.photos")), *grid, ft.Row([button], wrap=True), muted(t("booklet.photos_hint"))]
    failed = [error_card(adding.error)] if adding.error else []
    return card(ft.Column([*column, *failed], spacing=12))


@component
def _photo(photo: Photo, number: int, count: int) -> ft.Control:
    """A photo, which opens as the document that it is."""
    session = use_session()
    read = use_loaded(lambda: session.booklets.sketch(photo.id), [photo.id], (Kind.DOCUMENTS,))
    absent = ft.Container(muted(t("booklet.photo_absent")), padding=8)
    if read.value is None:
        drawn: ft.Control = absent if read.failure else ft.Container()
    else:
        drawn = ft.Image(read.value, fit=ft.BoxFit.COVER, exclude_from_semantics=True)
    square = ft.Container(
        drawn,
        width=SIDE,
        height=SIDE,
        border_radius=RADIUS,
        bgcolor=ft.Colors.SURFACE_CONTAINER_HIGH,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
        ink=True,
        on_click=routes.way_across(routes.document(use_profile().pid, photo.id)),
    )
    return ft.Semantics(content=square, label=t("booklet.photo_name", number=number, count=count), button=True)
