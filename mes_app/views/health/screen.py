"""The screens of the health profile: all sections, one section, one entry. In two panes the first shows all three."""

import flet as ft

from mes_app.domain.measure_types import MeasureType
from mes_app.domain.presets import find_preset
from mes_app.domain.record import Kind
from mes_app.domain.sections import BOOKLET, SECTIONS
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.screens import form_view
from mes_app.views.health.booklet import booklet_panel
from mes_app.views.health.entry import entry_panel
from mes_app.views.health.growth import growth_panel
from mes_app.views.health.history import history_panel
from mes_app.views.health.measure_import import measure_import_panel
from mes_app.views.health.measures import measures_panel
from mes_app.views.health.overview import health_overview
from mes_app.views.health.pages import page_panel
from mes_app.views.health.pregnancy import pregnancy_panel
from mes_app.views.health.prevention import prevention_panel
from mes_app.views.health.printing import printing_panel
from mes_app.views.health.results import results_panel
from mes_app.views.health.section import section_panel
from mes_app.views.health.teeth import teeth_panel
from mes_app.views.routes import Destination
from mes_app.views.state import use_profile, use_ui
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.shell import below_way_up, detail_view, shell


@screen
def health_screen() -> ft.View:
    """Every section; beside them in two panes, the section or the entry of the address."""
    panes, kind, record_id = use_ui().panes, _read_kind(), ft.use_route_params().get("id", "")
    part, pid = _find_part(), use_profile().pid
    beside = part or _beside(pid, kind, record_id)
    return shell(Destination.HEALTH, health_overview(kind), detail=beside if panes else None)


@screen
def section_screen() -> ft.View:
    """One section, alone."""
    kind, part, pid = _read_kind(), _find_part(), use_profile().pid
    if part:
        return detail_view(t("app.destination_health"), part)
    if kind is Kind.TEETH:
        return detail_view(t("booklet.title"), _section(kind), back=routes.booklet(pid))
    return detail_view(t("app.destination_health"), _section(kind) if kind else health_overview(None))


@screen
def entry_screen() -> ft.View:
    """One entry or one series of measures, alone."""
    kind, record_id, part, pid = _read_kind(), ft.use_route_params()["id"], _find_part(), use_profile().pid
    if part:
        return detail_view(t("booklet.title"), part)
    if kind and record_id == routes.NEW:
        return form_view(pid, kind, record_id)
    return detail_view(t("app.destination_health"), _entry(kind, record_id) if kind else health_overview(None))


@screen
def entry_form_screen() -> ft.View:
    """The form of one entry, or of a new value of a measure, alone."""
    kind, record_id, pid = _read_kind(), ft.use_route_params()["id"], use_profile().pid
    if kind is None:
        return detail_view(t("app.destination_health"), health_overview(None))
    return form_view(pid, kind, record_id)


def _find_part() -> ft.Control | None:
    """What has the address of a section without being one: prevention, and the booklet of a child."""
    params, pid, panes = ft.use_route_params(), use_profile().pid, use_ui().panes
    if params.get("kind") == routes.PREVENTION:
        return prevention_panel()
    if params.get("kind") == routes.BOOKLET:
        printing = params.get("id") == routes.PRINT
        shown = printing_panel() if printing else booklet_panel()
        return _below_booklet(pid, shown) if printing and panes else shown
    return None


def _read_kind() -> Kind | None:
    """The section of the address; None for the profile as a whole, and for an address that names no section."""
    name = ft.use_route_params().get("kind", "")
    return Kind(name) if name in (*SECTIONS, *BOOKLET, Kind.RESULTS) else None


def _beside(pid: str, kind: Kind | None, record_id: str) -> ft.Control:
    if kind is None:
        return empty_state(ft.Icons.FAVORITE_OUTLINE, t("health.choose_one"))
    if not record_id:
        return _below_booklet(pid, _section(kind)) if kind is Kind.TEETH else _section(kind)
    return below_way_up(t(f"sections.{kind}.title"), routes.section(pid, kind), _entry(kind, record_id))


def _below_booklet(pid: str, shown: ft.Control) -> ft.Control:
    """A part of the booklet, below the way back to it."""
    return below_way_up(t("booklet.title"), routes.booklet(pid), shown)


def _section(kind: Kind) -> ft.Control:
    own = {
        Kind.MEASURES: measures_panel,
        Kind.RESULTS: results_panel,
        Kind.PAGES: booklet_panel,
        Kind.TEETH: teeth_panel,
        Kind.PREGNANCIES: pregnancy_panel,
    }
    return own[kind]() if kind in own else section_panel(kind)


def _entry(kind: Kind, record_id: str) -> ft.Control:
    """A measure has an address of its own kind: all its values. So have curves, an import, and a child's pages."""
    if kind is Kind.PAGES:
        return page_panel(record_id)
    if kind is Kind.TEETH and find_preset(kind, record_id):
        return teeth_panel()
    if (kind, record_id) == (Kind.MEASURES, routes.GROWTH):
        return growth_panel()
    if (kind, record_id) == (Kind.MEASURES, routes.MEASURE_IMPORT):
        return measure_import_panel()
    return history_panel(record_id) if record_id in set(MeasureType) else entry_panel(kind, record_id)
