"""The health profile at a glance: allergies, the sections that hold something, then what is missing; or what is looked
for in it.
"""

from collections.abc import Sequence

import flet as ft

from mes_app.domain.people import Profile
from mes_app.domain.record import Kind
from mes_app.domain.sections import SECTIONS
from mes_app.i18n import decimal, t
from mes_app.services.health import SectionSummary
from mes_app.views import routes
from mes_app.views.health.allergies import allergies_card
from mes_app.views.health.booklet import booklet_way
from mes_app.views.health.finder import find_entries, found_entries, open_found
from mes_app.views.health.pregnancy import pregnancy_way
from mes_app.views.health.prevention import prevention_way
from mes_app.views.health.state import HealthProfile, gather_profile, is_known
from mes_app.views.health.words import tell_declared, tell_value
from mes_app.views.state import read_today, use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.refreshing import refreshed_title
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.searching import search_field
from mes_app.views.widgets.shell import below_header, page_column
from mes_app.views.widgets.texts import muted, section_title

FOLLOWED = (*SECTIONS, Kind.NOTHING_DECLARED)
MEASURED = (Kind.RESULTS, Kind.DOCUMENTS)
"""Where the results of laboratories come from."""


@component
def health_overview(chosen: Kind | None) -> ft.Control:
    """The sections of the profile in the address; ``chosen`` is the one shown beside."""
    session, shown, today, panes = use_session(), use_profile(), read_today(), use_ui().panes
    read = use_loaded(lambda: gather_profile(session, shown, today), [shown, today], FOLLOWED)
    results = use_loaded(lambda: session.health.result_names(shown.pid), [shown.pid], MEASURED).value or []
    text, set_text = ft.use_state("")

    async def open_first(typed: str) -> None:
        """The best answer to what was typed, though it may not be on the screen yet."""
        if best := await find_entries(session, shown.pid, typed, limit=1):
            open_found(best[0], panes=panes)

    field = search_field(t("search.in_health"), text, set_text, open_first)
    header = [refreshed_title(t("app.destination_health")), field]
    if text.strip():
        return below_header(header, found_entries(text, lambda: set_text("")))
    return below_header(header, page_column([read.show(lambda profile: _overview(profile, results, shown, chosen))]))


def _overview(profile: HealthProfile, results: Sequence[str], shown: Profile, chosen: Kind | None) -> ft.Control:
    (first, *others), pid = profile.sections, shown.pid
    allergies = allergies_card(profile.allergies, pid) if profile.allergies else _section_card(first, pid, chosen)
    known = [_section_card(section, pid, chosen) for section in others if is_known(section)]
    measured = [_results_card(results, pid, chosen)] if results else []
    return ft.Column(
        [
            allergies,
            prevention_way(shown),
            *booklet_way(shown),
            pregnancy_way(),
            *known,
            *measured,
            *_completion(profile, pid, chosen),
        ],
        spacing=8,
    )


def _results_card(results: Sequence[str], pid: str, chosen: Kind | None) -> ft.Control:
    """The way to the results of laboratories, which nobody fills in and which are therefore never missing."""
    row = list_row(
        t("sections.results.title"),
        ", ".join(results),
        icon=KIND_ICONS[Kind.RESULTS],
        trailing=ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT),
        strong=True,
        selected=chosen is Kind.RESULTS,
        on_click=lambda: routes.go(routes.section(pid, Kind.RESULTS)),
    )
    return card(row, padding=0)


def _section_card(section: SectionSummary, pid: str, chosen: Kind | None) -> ft.Control:
    title = t(f"sections.{section.kind}.title")
    row = list_row(
        title,
        _summarise(section),
        icon=KIND_ICONS[section.kind],
        trailing=_count(section),
        strong=True,
        selected=section.kind is chosen,
        on_click=lambda: routes.go(routes.section(pid, section.kind)),
    )
    return card(row, padding=0)


def _summarise(section: SectionSummary) -> str:
    """One line: the newest names; of measures their values."""
    if section.nothing_declared:
        words = t("health.declared_none", words=t(f"sections.{section.kind}.none"))
        return f"{words} · {tell_declared(section.nothing_declared)}"
    if not section.count:
        return t("health.nothing")
    if section.kind is Kind.MEASURES:
        return ", ".join(f"{row.title} {tell_value(row)}" for row in section.rows)
    names = ", ".join(dict.fromkeys(row.title for row in section.rows))
    return names or t("health.none_current")


def _count(section: SectionSummary) -> ft.Control:
    chevron = ft.Icon(ft.Icons.CHEVRON_RIGHT_ROUNDED, color=ft.Colors.ON_SURFACE_VARIANT)
    if not section.count:
        return chevron
    words = t("health.section.count", count=section.count)
    number = ft.Text(
        decimal(section.count),
        theme_style=ft.TextThemeStyle.LABEL_MEDIUM,
        color=ft.Colors.ON_SURFACE_VARIANT,
        semantics_label=words,
    )
    return ft.Row([number, chevron], spacing=4, tight=True)


def _completion(profile: HealthProfile, pid: str, chosen: Kind | None) -> list[ft.Control]:
    """How complete the profile is, and what is missing; nothing once it is complete."""
    if not profile.missing:
        return []
    rows = [_missing_row(section.kind, pid, chosen) for section in profile.missing]
    bar = ft.ProgressBar(value=profile.percent / 100, border_radius=4, bar_height=6)
    heading = ft.Column(
        [
            section_title(t("health.completed", percent=profile.percent)),
            ft.Semantics(content=bar, exclude_semantics=True),
            muted(t("health.missing")),
        ],
        spacing=8,
    )
    return [
        card(ft.Column([ft.Container(heading, padding=ft.Padding.only(left=12, right=12, top=12)), *rows], spacing=4),
             padding=4)
    ]  # fmt: skip


def _missing_row(kind: Kind, pid: str, chosen: Kind | None) -> ft.Control:
    return list_row(
        t(f"sections.{kind}.title"),
        t(f"sections.{kind}.empty"),
        icon=KIND_ICONS[kind],
        selected=kind is chosen,
        on_click=lambda: routes.go(routes.section(pid, kind)),
    )
