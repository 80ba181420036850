"""Finding a document: search, categories, and the list that answers while one types."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import flet as ft

from mes_app.domain.document_filters import EVERY_DOCUMENT, DocumentFilter, Order
from mes_app.domain.documents import Category
from mes_app.domain.record import Kind
from mes_app.i18n import decimal, t
from mes_app.services.search import Found
from mes_app.views import routes
from mes_app.views.documents.filters import filters_button
from mes_app.views.documents.folders import folders_chip
from mes_app.views.documents.hiding import use_hiding_all
from mes_app.views.documents.indexing import indexing_bar, use_indexing
from mes_app.views.documents.rows import list_by_episode, list_by_month, list_found
from mes_app.views.documents.selecting import Selection, use_selection
from mes_app.views.documents.selection_bars import selection_bar
from mes_app.views.state import UiPrefs, use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.icons import CATEGORY_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.menus import more_button
from mes_app.views.widgets.paging import PagedRows, Pages, use_pages
from mes_app.views.widgets.searching import search_field, use_latest

Choose = Callable[[Category | None], None]


@component
def document_finder(chosen: str) -> ft.Control:
    """Search field, categories and list of the profile in the address; ``chosen`` is the id of the document shown."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    text, set_text = ft.use_state("")
    wanted, set_wanted = ft.use_state(EVERY_DOCUMENT)
    reading = use_indexing(session, lambda progress: progress is not None)
    counted = use_loaded(
        lambda: session.documents.counts(shown.pid, folder=wanted.folder),
        [shown.pid, wanted.folder],
        (Kind.DOCUMENTS,),
    )
    found = use_pages(
        lambda after: session.search.find(shown.pid, text, chosen=wanted, after=after),
        [shown.pid, wanted, text, reading],
        (Kind.DOCUMENTS,),
    )
    latest, counts = use_latest(shown.pid, found.read.value), use_latest(shown.pid, counted.value) or {}
    selection, open_hiding = use_selection(shown.pid), use_hiding_all()

    async def open_first(typed: str) -> None:
        """The best answer to what was typed, though it may not be on the screen yet."""
        best = await session.search.find(shown.pid, typed, chosen=wanted, limit=1)
        if typed.strip() and best:
            routes.go(routes.document(shown.pid, best[0].row.id))

    def choose(category: Category | None) -> None:
        set_wanted(wanted.model_copy(update={"category": category}))

    def choose_folder(name: str) -> None:
        set_wanted(wanted.model_copy(update={"folder": name}))

    wider = _find_wider(text, wanted, set_text, set_wanted)
    listing = _Listing(chosen, selection, found, wider, wanted.order)
    body = _answer(latest, listing) if latest else found.read.show(lambda _: ft.Container())
    search = search_field(t("documents.search"), text, set_text, open_first)
    menu = _menu(lambda: selection.change(frozenset()), open_hiding, empty=not counts)
    buttons = [filters_button(wanted, set_wanted, searching=bool(text)), menu]
    top, chips = [_search_row(search, buttons), *([indexing_bar()] if reading else [])], []
    if selection.ids is not None:
        top = [selection_bar(selection, text, wanted, chosen)]
    elif counts or wanted.folder:
        chips = [_filters(counts, wanted.category, choose, folders_chip(wanted.folder, choose_folder), ui)]
    return ft.Column(
        [
            ft.Container(ft.Column(top, spacing=4), padding=ft.Padding.only(left=ui.margin, right=ui.margin, top=12)),
            *chips,
            ft.Container(body, expand=True),
        ],
        spacing=8,
        expand=True,
    )


def _search_row(field: ft.Control, buttons: list[ft.Control]) -> ft.Control:
    return ft.Row([ft.Container(field, expand=True), *buttons], spacing=0)


def _menu(select: Callable[[], None], open_hiding: Callable[[], None], *, empty: bool) -> ft.Control:
    """What can be done with the whole list. A new action is one item here."""
    items = [
        ft.PopupMenuItem(
            content=t("selecting.select"), icon=ft.Icons.CHECKLIST_ROUNDED, disabled=empty, on_click=select
        ),
        ft.PopupMenuItem(content=t("visibility.title"), icon=ft.Icons.VISIBILITY_OUTLINED, on_click=open_hiding),
        ft.PopupMenuItem(
            content=t("settings.export"),
            icon=ft.Icons.DRIVE_FOLDER_UPLOAD_OUTLINED,
            on_click=routes.way_to(routes.EXPORT),
        ),
    ]
    return more_button(items, t("selecting.menu"))


def _filters(
    counts: dict[Category, int], chosen: Category | None, choose: Choose, folders: ft.Control, ui: UiPrefs
) -> ft.Control:
    """The folders and the categories in one line; with a scroll bar where there are no fingers to push it."""
    total = sum(counts.values())
    chips = [folders, _chip(t("documents.all"), total, None, chosen, choose)]
    chips += [
        _chip(t(f"categories.{category.lower()}"), counts.get(category, 0), category, chosen, choose)
        for category in Category
        if category in counts or category == chosen
    ]
    edge = ft.Container(width=ui.margin - 8)
    return ft.Row(
        [edge, *(ft.Container(chip, padding=ft.Padding.only(bottom=12 if ui.rail else 0)) for chip in chips), edge],
        spacing=8,
        scroll=ft.ScrollMode.ALWAYS if ui.rail else ft.ScrollMode.HIDDEN,
    )


def _chip(words: str, count: int, category: Category | None, chosen: Category | None, choose: Choose) -> ft.Control:
    return ft.Chip(
        label=t("documents.chip", category=words, count=decimal(count)),
        leading=ft.Icon(CATEGORY_ICONS[category], size=18) if category else None,
        selected=category == chosen,
        show_checkmark=False,
        on_select=lambda: choose(None if category == chosen else category),
    )


@dataclass(frozen=True)
class _Wider:
    """What to say where nothing was found, and how to look further."""

    words: str
    step: str
    take: Callable[[], None]


def _find_wider(
    text: str, wanted: DocumentFilter, set_text: Callable[[str], None], want: Callable[[DocumentFilter], None]
) -> _Wider | None:
    def clear() -> None:
        want(EVERY_DOCUMENT)

    if wanted.folder and wanted.count == 1 and not text:
        return _Wider(t("folders.nothing"), t("folders.every"), clear)
    if wanted.count > bool(wanted.category):
        return _Wider(t("filters.nothing"), t("filters.clear"), clear)
    if wanted.category and text:
        return _Wider(t("search.not_in_category"), t("search.everywhere"), clear)
    if wanted.category:
        return _Wider(t("search.empty_category"), t("search.every_category"), clear)
    return _Wider(t("documents.nothing_found"), t("search.clear"), lambda: set_text("")) if text else None


@dataclass(frozen=True)
class _Listing:
    """How the list shows: beside which document, with what chosen, how it is read on, what helps where it is empty."""

    shown: str
    selection: Selection
    found: PagedRows[Found]
    wider: _Wider | None
    order: Order


def _answer(pages: Pages[Found], listing: _Listing) -> ft.Control:
    if pages.rows:
        return ft.ListView(
            list(_list_rows(pages, listing)),
            padding=ft.Padding.only(left=4, right=4, bottom=96),
            on_scroll=listing.found.scroll,
            scroll_interval=50,
            expand=True,
        )
    if listing.wider:
        wider = listing.wider
        return empty_state(ft.Icons.SEARCH_OFF_ROUNDED, wider.words, action=(wider.step, wider.take))
    return empty_state(ft.Icons.FOLDER_OPEN_OUTLINED, t("documents.empty"))


def _list_rows(pages: Pages[Found], listing: _Listing) -> Iterator[ft.Control]:
    """Under the headings of their months where they are in the order of time, or of their episodes."""
    if pages.rows[0].place is None and listing.order in (Order.NEWEST, Order.OLDEST):
        rows = (found.row for found in pages.rows)
        newest = listing.order is Order.NEWEST
        return list_by_month(rows, listing.shown, listing.selection, pinned_first=newest)
    if pages.rows[0].episode:
        return list_by_episode(pages.rows, listing.shown, listing.selection)
    return list_found(pages.rows, listing.shown, listing.selection)
