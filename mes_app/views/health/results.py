"""Results of laboratories over time: each analyte with its newest result, opening to all of them and their line."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.laboratory import Analyte, Key, Trend
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views.state import use_profile, use_session
from mes_app.views.theme import TARGET
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state
from mes_app.views.widgets.charts import sparkline
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.results import place_mark, tell_line, tell_result, tell_usual, value_text
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.tables import text_table, told
from mes_app.views.widgets.texts import body, muted, page_title, short_title
from mes_app.views.widgets.words import tell_day

CHART_WIDTH, CHART_HEIGHT = 260, 96


@component
def results_panel() -> ft.Control:
    """Every analyte of the profile in the address, by name; one at a time is open."""
    session, shown = use_session(), use_profile()
    read = use_loaded(lambda: session.health.trends(shown.pid), [shown.pid], (Kind.RESULTS, Kind.DOCUMENTS))
    nothing: Key | None = None
    opened, open_one = ft.use_state(nothing)
    title = page_title(t("sections.results.title"))
    return page_column([title, read.show(lambda trends: _list_cards(trends, opened, open_one))])


def _list_cards(trends: list[Trend], opened: Key | None, open_one: Callable[[Key | None], None]) -> ft.Control:
    if not trends:
        return empty_state(ft.Icons.BIOTECH_OUTLINED, t("reading.no_results"))
    cards = [_card(trend, opened, open_one) for trend in trends]
    return ft.Column(
        [*cards, muted(t("reading.usual_note"))], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _card(trend: Trend, opened: Key | None, open_one: Callable[[Key | None], None]) -> ft.Control:
    is_open = trend.key == opened
    more = [_history(trend)] if is_open and len(trend.points) > 1 else []
    row: list[ft.Control] = [ft.Container(_newest(trend.last), expand=True)]
    if len(trend.points) > 1:
        row.append(_opener(trend.last.name, is_open=is_open, press=lambda: open_one(None if is_open else trend.key)))
    return card(ft.Column([ft.Row(row), *more], spacing=12))


def _newest(analyte: Analyte) -> ft.Control:
    usual = tell_usual(analyte.usual)
    value = ft.Row([value_text(analyte), *place_mark(analyte.place)], spacing=8, run_spacing=0, wrap=True)
    facts = [f"{t('reading.usual')} : {usual}" if usual else "", tell_day(analyte.date)]
    words = [*tell_line(analyte, usual), tell_day(analyte.date)]
    below = [muted(fact) for fact in facts if fact]
    column = ft.Column([short_title(analyte.name, strong=True), value, *below], spacing=2)
    return told(column, ", ".join(words))


def _opener(name: str, *, is_open: bool, press: Callable[[], None]) -> ft.Control:
    words = t("reading.hide_trend" if is_open else "reading.show_trend", name=name)
    icon = ft.Icons.EXPAND_LESS_ROUNDED if is_open else ft.Icons.SHOW_CHART_ROUNDED
    return ft.IconButton(ft.Icon(icon, semantics_label=words), on_click=press, width=TARGET, height=TARGET)


def _history(trend: Trend) -> ft.Control:
    """The line for the eye, where numbers make one; the sentence and the table, words among them, for everyone."""
    first, last = trend.points[0], trend.last
    sentence = t(
        "reading.trend",
        count=len(trend.points),
        first=tell_result(first),
        first_day=tell_day(first.date),
        last=tell_result(last),
        last_day=tell_day(last.date),
    )
    rows = [(tell_day(point.date), _tell_point(point)) for point in reversed(trend.points)]
    table = text_table((t("reading.day"), t("reading.result")), rows)
    return ft.Column(
        [*_line(trend), body(sentence), table], spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _line(trend: Trend) -> list[ft.Control]:
    spots = [(point.date, float(point.value.value)) for point in trend.points if point.value]
    if len(spots) < 2:
        return []
    dates, values = zip(*spots, strict=True)
    return [sparkline(dates, [values], CHART_WIDTH, CHART_HEIGHT)]


def _tell_point(point: Analyte) -> str:
    outside = t(f"reading.place.{point.place}") if place_mark(point.place) and point.place else ""
    return " · ".join(filter(None, (tell_result(point), outside)))
