"""Finding a document: search, categories, and the list that answers while one types."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.documents import Category
from mes_app.domain.record import Kind
from mes_app.i18n import decimal, t
from mes_app.views.documents.hiding import hiding_button
from mes_app.views.documents.rows import list_by_month
from mes_app.views.state import UiPrefs, use_profile, use_session, use_ui
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.fields import text_field
from mes_app.views.widgets.icons import CATEGORY_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.paging import PagedRows, Pages, use_pages

Choose = Callable[[Category | None], None]


@component
def document_finder(chosen: str) -> ft.Control:
    """Search field, categories and list of the profile in the address; ``chosen`` is the id of the document shown."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    text, set_text = ft.use_state("")
    every: Category | None = None
    category, set_category = ft.use_state(every)
    counts = use_loaded(lambda: session.documents.counts(shown.pid), [shown.pid], (Kind.DOCUMENTS,))
    found = use_pages(
        lambda after: session.documents.page(shown.pid, category=category, text=text, after=after),
        [shown.pid, category, text],
        (Kind.DOCUMENTS,),
    )
    latest = _use_latest(shown.pid, found.read.value)

    def clear() -> None:
        set_text("")
        set_category(None)

    filters = [] if counts.value in (None, {}) else [_filters(counts.value or {}, category, set_category, ui)]
    body = (
        _answer(latest, chosen, found, clear if text or category else None)
        if latest
        else found.read.show(lambda _: ft.Container())
    )
    return ft.Column(
        [
            ft.Container(
                ft.Row([ft.Container(_search_field(text, set_text), expand=True), hiding_button()], spacing=4),
                padding=ft.Padding.only(left=ui.margin, right=ui.margin, top=12),
            ),
            *filters,
            ft.Container(body, expand=True),
        ],
        spacing=8,
        expand=True,
    )


def _use_latest(pid: str, pages: Pages | None) -> Pages | None:
    """``pages``, or while others are read those shown just before, of the same profile: typing must not blink."""
    nothing: tuple[str, Pages | None] = (pid, None)
    ref: ft.MutableRef[tuple[str, Pages | None]] = ft.use_ref(nothing)
    if pages is not None or ref.current[0] != pid:
        ref.current = (pid, pages)
    latest: Pages | None = ref.current[1]
    return latest


def _search_field(text: str, change: Callable[[str], None]) -> ft.Control:
    clear = ft.IconButton(
        ft.Icon(ft.Icons.CLOSE_ROUNDED, semantics_label=t("documents.clear_search")),
        on_click=lambda: change(""),
        width=TARGET,
        height=TARGET,
    )
    return text_field(
        t("documents.search"),
        text,
        change,
        prefix_icon=ft.Icons.SEARCH_ROUNDED,
        suffix_icon=clear if text else None,
        autocorrect=False,
        width=float("inf"),
    )


def _filters(counts: dict[Category, int], chosen: Category | None, choose: Choose, ui: UiPrefs) -> ft.Control:
    """The categories in one line; with a scroll bar where there are no fingers to push it."""
    total = sum(counts.values())
    chips = [_chip(t("documents.all"), total, None, chosen, choose)]
    chips += [
        _chip(t(f"categories.{category.lower()}"), counts[category], category, chosen, choose)
        for category in Category
        if category in counts
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


def _answer(pages: Pages, chosen: str, found: PagedRows, clear: Callable[[], None] | None) -> ft.Control:
    if pages.rows:
        return ft.ListView(
            list(list_by_month(pages.rows, chosen)),
            padding=ft.Padding.only(left=4, right=4, bottom=32),
            on_scroll=found.scroll,
            scroll_interval=50,
            expand=True,
        )
    if clear:
        return empty_state(
            ft.Icons.SEARCH_OFF_ROUNDED, t("documents.nothing_found"), action=(t("documents.clear_search"), clear)
        )
    return empty_state(ft.Icons.FOLDER_OPEN_OUTLINED, t("documents.empty"))
