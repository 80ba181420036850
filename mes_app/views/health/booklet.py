"""The health booklet of a child: in one place the growth, the examinations, the vaccines, the teeth, and the pages."""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.booklets import Booklet, BookletPage, find_next, is_minor
from mes_app.domain.people import Profile
from mes_app.domain.prevention import PreventionItem, State
from mes_app.domain.prevention_rules import PreventionKind
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.i18n.prevention import prevention_state
from mes_app.services.prevention import DONE
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state, section_card
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.rows import list_row, way_row
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import muted, page_title

GATHERED = (*DONE, Kind.PEOPLE, Kind.MEASURES, Kind.PAGES, Kind.TEETH, Kind.DOCUMENTS)
"""Where a booklet comes from."""

ICON = KIND_ICONS[Kind.PAGES]


def booklet_way(profile: Profile) -> list[ft.Control]:
    """The way to the booklet of ``profile``, who has one until eighteen."""
    if not is_minor(profile, read_today()):
        return []
    way = way_row(t("booklet.title"), t("booklet.way"), ICON, routes.way_to(routes.booklet(profile.pid)))
    return [card(way, padding=0)]


def use_booklet() -> Loaded[Booklet]:
    """The booklet of the profile in the address. A plain function that uses hooks."""
    session, shown, today = use_session(), use_profile(), read_today()
    return use_loaded(lambda: session.booklets.read(shown.pid, today), [shown.pid, today], GATHERED)


@component
def booklet_panel() -> ft.Control:
    """The booklet of the profile in the address."""
    shown, today, read = use_profile(), read_today(), use_booklet()
    if not is_minor(shown, today):
        return page_column([page_title(t("booklet.title")), empty_state(ICON, t("booklet.none"))])
    return page_column([page_title(t("booklet.title")), muted(t("booklet.told")), read.show(_show)])


def _show(booklet: Booklet) -> ft.Control:
    pid = booklet.profile.pid
    ages = [_row(pid, page) for page in booklet.pages if page.is_of_age]
    own = [_row(pid, page) for page in booklet.pages if not page.is_of_age]
    more = (t("booklet.add_page"), routes.way_to(routes.form(pid, Kind.PAGES)))
    ways = ft.Column(_list_ways(booklet), spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    cards = [
        card(ways, padding=0),
        section_card(t("booklet.pages"), ages),
        section_card(t("booklet.own_pages"), own, more=more),
    ]
    return ft.Column(cards, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _list_ways(booklet: Booklet) -> list[ft.Control]:
    """The parts that have screens of their own, each with where it stands, and its print."""
    pid = booklet.profile.pid
    prevention = routes.way_across(routes.prevention(pid))
    parts = {
        "growth": (t("booklet.growth_hint"), ft.Icons.SHOW_CHART_ROUNDED, routes.way_across(routes.growth(pid))),
        "exams": (_tell_exams(booklet.prevention), ft.Icons.FACT_CHECK_OUTLINED, prevention),
        "vaccines": (_tell_vaccines(booklet.prevention), KIND_ICONS[Kind.VACCINES], prevention),
        "teeth": (_tell_teeth(booklet), KIND_ICONS[Kind.TEETH], routes.way_to(routes.section(pid, Kind.TEETH))),
        "print": (t("booklet.print_hint"), ft.Icons.PRINT_OUTLINED, routes.way_to(routes.booklet(pid, routes.PRINT))),
    }
    return [way_row(t(f"booklet.{name}"), hint, icon, way) for name, (hint, icon, way) in parts.items()]


def _tell_exams(items: Sequence[PreventionItem]) -> str:
    exams = [item for item in items if item.kind is PreventionKind.EXAMS]
    counts = {"done": sum(item.state is State.DONE for item in exams), "count": len(exams)}
    near = find_next(items, PreventionKind.EXAMS)
    return t("booklet.exams_next", **counts, **_tell_next(near)) if near else t("booklet.exams_hint", **counts)


def _tell_next(item: PreventionItem) -> dict[str, str]:
    return {"next": item.title, "state": prevention_state(item.state, item.due, item.done)}


def _tell_vaccines(items: Sequence[PreventionItem]) -> str:
    near = find_next(items, PreventionKind.VACCINES)
    return t("booklet.vaccines_next", **_tell_next(near)) if near else t("booklet.vaccines_none")


def _tell_teeth(booklet: Booklet) -> str:
    noted = len({tooth.tooth.text for tooth in booklet.teeth})
    return t("booklet.teeth_hint", count=noted) if noted else t("booklet.teeth_none")


def _row(pid: str, page: BookletPage) -> ft.Control:
    """A page with what is in it."""
    return list_row(
        page.name,
        tell_page(page),
        icon=ICON if page.is_filled else ft.Icons.NOTE_ADD_OUTLINED,
        strong=page.is_filled,
        on_click=routes.way_to(routes.entry(pid, Kind.PAGES, page.id)),
    )


def tell_page(page: BookletPage) -> str:
    """« Examen : fait : 3 sept. 2026 · 1 note · 2 photos »."""
    exam = [tell_exam(page.exam)] if page.exam else []
    notes = sum(bool(note.text) for note in page.notes)
    counts = [
        *([t("booklet.note", count=notes)] if notes else []),
        *([t("booklet.photo", count=len(page.photos))] if page.photos else []),
    ]
    return " · ".join([*exam, *counts]) or t("booklet.empty_page")


def tell_exam(exam: PreventionItem) -> str:
    """Where the examination of an age stands."""
    return t("booklet.exam_state", state=prevention_state(exam.state, exam.due, exam.done))
