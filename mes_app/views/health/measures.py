"""Measures: a tile each with its last value and its line, opening to all its values."""

import flet as ft

from mes_app.domain.record import Kind, Row
from mes_app.i18n import find, t
from mes_app.services.health import MeasureSeries
from mes_app.views import routes
from mes_app.views.forms.actions import heading, nothing_yet
from mes_app.views.health.growth import use_growth_way
from mes_app.views.health.words import tell_value
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, section_card
from mes_app.views.widgets.charts import sparkline
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.shell import READING_WIDTH, page_column
from mes_app.views.widgets.texts import body, muted, short_title
from mes_app.views.widgets.words import tell_day

SPARK_WIDTH, SPARK_HEIGHT = 112, 48
STACKED_FROM = 1.5
"""The text size from which a value and its line no longer fit beside each other on a phone."""
CHART_HEIGHT, CHART_MARGINS = 200, 82


@component
def measures_panel() -> ft.Control:
    """A tile for each measure of the profile in the address, the latest taken first."""
    session, shown, ui = use_session(), use_profile(), use_ui()
    read = use_loaded(lambda: session.health.series(shown.pid), [shown.pid], (Kind.MEASURES,))
    stacked = ui.preferences.text_scale >= STACKED_FROM
    top = heading(t("sections.measures.title"), shown.pid, Kind.MEASURES)
    return page_column([top, *use_growth_way(), read.show(lambda found: _tiles(found, stacked=stacked))])


@component
def series_panel(measure: str) -> ft.Control:
    """All values of ``measure``: a chart, its sentence, and the values one by one."""
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.health.series(shown.pid), [shown.pid], (Kind.MEASURES,))
    width, set_width = ft.use_state(0.0)

    def show(all_series: list[MeasureSeries]) -> ft.Control:
        found = next((series for series in all_series if series.measure == measure), None)
        return _series(found, width) if found else nothing_yet(Kind.MEASURES)

    top = heading(_name(measure), shown.pid, Kind.MEASURES, measure=measure)
    return ft.Container(
        page_column([top, read.show(show)]),
        on_size_change=lambda event: set_width(min(event.width, READING_WIDTH)),
        expand=True,
    )


def _tiles(all_series: list[MeasureSeries], *, stacked: bool) -> ft.Control:
    tiles = [_tile(series, stacked=stacked) for series in all_series]
    return (
        ft.Column(tiles, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
        if tiles
        else nothing_yet(Kind.MEASURES)
    )


def _tile(series: MeasureSeries, *, stacked: bool) -> ft.Control:
    """Last value and line, one below the other when ``stacked``."""
    value = ft.Text(tell_value(series.last), theme_style=ft.TextThemeStyle.HEADLINE_SMALL)
    name = short_title(_name(series.measure), strong=True)
    texts = ft.Column([name, value, muted(tell_day(series.last.date))], spacing=2)
    line = [_line(series, SPARK_WIDTH, SPARK_HEIGHT)] if len(series.points) > 1 else []
    beside = ft.Row([ft.Container(texts, expand=True), *line], spacing=16)
    return card(
        ft.Column([texts, *line], spacing=8) if stacked else beside,
        on_click=lambda: routes.go(routes.entry(series.last.profile, Kind.MEASURES, series.measure)),
    )


def _series(series: MeasureSeries, width: float) -> ft.Control:
    chart = [_chart(series, width)] if width and len(series.points) > 1 else []
    rows = [_value_row(row) for row in reversed(series.points)]
    return ft.Column([*chart, section_card(t("health.values"), rows)], spacing=12)


def _chart(series: MeasureSeries, width: float) -> ft.Control:
    first, last = series.points[0], series.last
    sentence = t(
        "health.trend",
        title=_name(series.measure),
        last=tell_value(last),
        last_day=tell_day(last.date),
        first=tell_value(first),
        first_day=tell_day(first.date),
        count=len(series.points),
    )
    lowest, *_, highest = sorted(series.points, key=lambda row: row.value or 0)
    extent = t("health.extent", lowest=tell_value(lowest), highest=tell_value(highest))
    line = _line(series, width - CHART_MARGINS, CHART_HEIGHT)
    return card(ft.Column([line, body(sentence), muted(extent)], spacing=8))


def _line(series: MeasureSeries, width: float, height: float) -> ft.Control:
    points = series.points
    values = [[row.value for row in points], [row.value2 for row in points]]
    return sparkline([row.date for row in points], values, width, height)


def _value_row(row: Row) -> ft.Control:
    return list_row(
        tell_value(row),
        tell_day(row.date),
        on_click=lambda: routes.go(routes.entry(row.profile, Kind.MEASURES, row.id)),
    )


def _name(measure: str) -> str:
    return find(f"sections.measures.measure_{measure}") or measure
