"""Measures: a tile each with its last value and its line, opening to its history."""

import flet as ft

from mes_app.domain.body_mass import COMPUTED
from mes_app.domain.measure_series import MeasureSeries
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.actions import heading, nothing_yet
from mes_app.views.health.growth import use_growth_way
from mes_app.views.health.tables import file_buttons, import_button
from mes_app.views.health.words import name_measure, tell_value
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.charts import sparkline
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import muted, short_title
from mes_app.views.widgets.words import tell_day

SPARK_WIDTH, SPARK_HEIGHT = 112, 48
STACKED_FROM = 1.5
"""The text size from which a value and its line no longer fit beside each other on a phone."""


@component
def measures_panel() -> ft.Control:
    """A tile for each measure of the profile in the address, the latest taken first."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    read = use_loaded(lambda: session.health.series(shown.pid), [shown.pid], (Kind.MEASURES,))
    stacked = ui.preferences.text_scale >= STACKED_FROM
    top = heading(t("sections.measures.title"), shown.pid, Kind.MEASURES)
    return page_column([top, *use_growth_way(), read.show(lambda found: _tiles(found, shown.pid, stacked=stacked))])


def _tiles(all_series: list[MeasureSeries], pid: str, *, stacked: bool) -> ft.Control:
    tiles = [_tile(series, stacked=stacked) for series in all_series]
    return (
        ft.Column([*tiles, file_buttons()], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
        if tiles
        else ft.Column(
            [nothing_yet(Kind.MEASURES), ft.Row([import_button(pid)], alignment=ft.MainAxisAlignment.CENTER, wrap=True)]
        )
    )


def _tile(series: MeasureSeries, *, stacked: bool) -> ft.Control:
    """Last value and line, one below the other when ``stacked``."""
    value = ft.Text(tell_value(series.last), theme_style=ft.TextThemeStyle.HEADLINE_SMALL)
    name = short_title(name_measure(series.measure), strong=True)
    facts = (t("measures.computed") if series.last.status == COMPUTED else "", tell_day(series.last.date))
    texts = ft.Column([name, value, muted(" · ".join(filter(None, facts)))], spacing=2)
    line = [_line(series, SPARK_WIDTH, SPARK_HEIGHT)] if len(series.points) > 1 else []
    beside = ft.Row([ft.Container(texts, expand=True), *line], spacing=16)
    return card(
        ft.Column([texts, *line], spacing=8) if stacked else beside,
        on_click=lambda: routes.go(routes.entry(series.last.profile, Kind.MEASURES, series.measure)),
    )


def _line(series: MeasureSeries, width: float, height: float) -> ft.Control:
    points = series.points
    values = [[row.value for row in points], [row.value2 for row in points]]
    return sparkline([row.date for row in points], values, width, height)
