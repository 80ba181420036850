"""One measure over time: its curve, what the curve tells in words, and its values one by one."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.body_mass import COMPUTED
from mes_app.domain.measure_series import MeasureHistory, Period, Point, find_bands, find_extent, narrow
from mes_app.domain.measure_types import find_measure
from mes_app.domain.record import Kind, Row, Source
from mes_app.domain.units import list_units
from mes_app.i18n import quantity, span, t, unit
from mes_app.views import routes
from mes_app.views.forms.actions import heading, nothing_yet
from mes_app.views.health.tables import file_buttons
from mes_app.views.health.words import name_measure, tell_value
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, section_card
from mes_app.views.widgets.choices import UNIT_WIDTH, choice_bar, choice_list
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.results import tell_usual
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.series_charts import Drawn, series_chart
from mes_app.views.widgets.shell import READING_WIDTH, page_column
from mes_app.views.widgets.texts import body, muted
from mes_app.views.widgets.words import tell_day, tell_moment

CHART_HEIGHT, CHART_MARGINS = 220, 66
LARGEST = 1.5
"""The texts of the chart grow no further: its marks would no longer fit beside each other."""
PAGE_ROWS = 60


@component
def history_panel(measure: str) -> ft.Control:
    """All values of ``measure`` of the profile in the address."""
    session, pid = use_session(), use_profile().pid
    read = use_loaded(lambda: session.health.history(pid, measure), [pid, measure], (Kind.MEASURES,))
    width, set_width = ft.use_state(0.0)

    def show(history: MeasureHistory) -> ft.Control:
        return _history(history, measure, width) if history.rows else nothing_yet(Kind.MEASURES)

    top = heading(name_measure(measure), pid, Kind.MEASURES, measure=measure)
    return ft.Container(
        page_column([top, read.show(show)]),
        on_size_change=lambda event: set_width(min(event.width, READING_WIDTH)),
        expand=True,
    )


@component
def _history(history: MeasureHistory, measure: str, width: float) -> ft.Control:
    """What of ``history`` is chosen: a period, and who says so where there are several."""
    period, choose_period = ft.use_state(str(Period.ALL))
    source, choose_source = ft.use_state("")
    limit, set_limit = ft.use_state(PAGE_ROWS)
    scale = min(use_ui().preferences.text_scale, LARGEST)
    chosen = Source(source) if source in history.sources else None
    shown = narrow(history, Period(period), chosen)
    parts = [
        choice_bar({each.value: t(f"measures.periods.{each}") for each in Period}, period, choose_period),
        *_source_chips(history.sources, chosen, choose_source),
        *_unit_choice(measure, history.unit),
        *_chart(shown, Period(period), width, scale),
        *(body(words) for words in tell_history(shown, measure)),
        *(muted(words) for words in _tell_limits(shown)),
    ]
    top = card(ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))
    values = _values(shown.rows, limit, lambda: set_limit(limit + PAGE_ROWS), told=len(history.sources) > 1)
    return ft.Column(
        [top, file_buttons(measure), *values], spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _source_chips(
    sources: tuple[Source, ...], chosen: Source | None, choose: Callable[[str], None]
) -> list[ft.Control]:
    if len(sources) < 2:
        return []

    def chip(source: Source | None) -> ft.Control:
        words = t(f"measures.sources.{source}") if source else t("measures.every_source")
        return ft.Chip(label=words, selected=source == chosen, on_select=lambda: choose(source or ""))

    return [ft.Row([chip(source) for source in (None, *sources)], spacing=8, run_spacing=8, wrap=True)]


def _unit_choice(measure: str, shown: str) -> list[ft.Control]:
    """In which unit it is shown, where people say it in several."""
    known = find_measure(measure)
    units = list_units(known) if known else ()
    return [_units(measure, {code: unit(code) for code in units}, shown)] if len(units) > 1 else []


@component
def _units(measure: str, words: dict[str, str], shown: str) -> ft.Control:
    session, pid = use_session(), use_profile().pid

    async def keep(chosen: str) -> None:
        await session.measures.choose_unit(pid, measure, chosen)

    keeping = use_command(keep)
    name = t("sections.measures.unit")
    label = ft.Semantics(content=body(name), exclude_semantics=True)
    listed = ft.Container(choice_list(name, words, shown, keeping.run), width=UNIT_WIDTH)
    row = ft.Row([label, listed], spacing=12, wrap=True, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    return ft.Column([row, muted(t("measures.unit_here")), *other_error(keeping.error)], spacing=4)


def _chart(shown: MeasureHistory, period: Period, width: float, scale: float) -> list[ft.Control]:
    if not width or len(shown.points) < 2:
        return []
    drawn = Drawn(shown.points, find_bands(shown.points), within_day=period is Period.DAY)
    note = [muted(t("measures.band"))] if drawn.bands else []
    return [series_chart(drawn, width - CHART_MARGINS, CHART_HEIGHT, scale), *note]


def tell_history(shown: MeasureHistory, measure: str) -> list[str]:
    """The curve in sentences: the newest value, how many and when, between which values, and the range stated."""
    if not shown.points:
        return [] if shown.rows else [t("measures.nothing")]
    first, last = shown.points[0].row, shown.points[-1].row
    newest = t("measures.newest", title=name_measure(measure), value=tell_value(last), day=tell_day(last.date))
    when = span(first.date_text, last.date_text)
    summary = t("measures.summary", count=len(shown.points), when=when)
    several = len(shown.points) > 1
    extents = [_tell_extent(shown.points, rank) for rank in range(len(shown.points[-1].values))] if several else []
    return [newest, summary, *extents, *_tell_range(shown.points)]


def _tell_extent(points: tuple[Point, ...], rank: int) -> str:
    """« De 61 kg (3 mai) à 65 kg (hier), 63 kg en moyenne. »; of a blood pressure, which of its two numbers."""
    extent, code = find_extent(points, rank), points[-1].row.unit
    told = {
        "lowest": quantity(extent.lowest.values[rank], code),
        "lowest_day": tell_day(extent.lowest.row.date),
        "highest": quantity(extent.highest.values[rank], code),
        "highest_day": tell_day(extent.highest.row.date),
        "mean": quantity(extent.mean, code),
    }
    if len(points[-1].values) == 1:
        return t("measures.extent", **told)
    return t("measures.extent_of", name=_name_number(rank), **told)


def _tell_range(points: tuple[Point, ...]) -> list[str]:
    """The range of the newest result that states one."""
    newest = next((point for point in reversed(points) if any(map(tell_usual, point.usual))), None)
    if newest is None:
        return []
    words = [tell_usual(usual) for usual in newest.usual]
    named = [f"{_name_number(rank)} {each}" for rank, each in enumerate(words) if each] if len(words) > 1 else words
    return [t("measures.usual", day=tell_day(newest.row.date), usual=" ; ".join(named))]


def _name_number(rank: int) -> str:
    return t(f"sections.measures.{('systolic', 'diastolic')[rank]}")


def _tell_limits(shown: MeasureHistory) -> list[str]:
    """What is not on the curve, and what no record has."""
    aside = len(shown.rows) - len(shown.points)
    computed = any(point.row.status == COMPUTED for point in shown.points)
    return [
        *([t("measures.computed_note")] if computed else []),
        *([t("measures.listed_only", count=aside)] if aside else []),
        *([t("measures.capped", count=len(shown.rows))] if shown.capped else []),
    ]


def _values(rows: tuple[Row, ...], limit: int, more: Callable[[], None], *, told: bool) -> list[ft.Control]:
    """The newest ``limit`` values, each with who says so where that is ``told``, and the way to the next ones."""
    if not rows:
        return []
    listed = [_value_row(row, told=told) for row in rows[:limit]]
    button = ft.Row(
        [ft.OutlinedButton(t("measures.more"), on_click=more)], alignment=ft.MainAxisAlignment.CENTER, wrap=True
    )
    return [section_card(t("health.values"), listed), *([button] if len(rows) > limit else [])]


def _value_row(row: Row, *, told: bool) -> ft.Control:
    """A computed value leads to the weight it comes from, a result of a document to the document."""
    computed = t("measures.computed") if row.status == COMPUTED else ""
    facts = (tell_moment(row.date), computed or (t(f"sections.source.{row.source}") if told else ""))
    return list_row(
        tell_value(row),
        " · ".join(filter(None, facts)),
        on_click=lambda: routes.go(routes.record(row.profile, row.kind, row.id)),
    )
