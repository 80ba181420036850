"""The booklet of a pregnancy: its week, what comes next, its measures and documents. Soberly, and without advice."""

from dataclasses import replace
from datetime import date

import flet as ft

from mes_app.domain.measure_series import MeasureHistory, find_bands
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.pregnancies import find_span
from mes_app.domain.prevention import NEAR, PreventionItem
from mes_app.domain.record import Kind, Row
from mes_app.domain.sections.pregnancies import Pregnancy
from mes_app.i18n import day, partial, t
from mes_app.i18n.pregnancy import pregnancy_end, pregnancy_week
from mes_app.services.pregnancies import FOLLOWED, PregnancyBooklet, ToldPregnancy
from mes_app.services.session import Session
from mes_app.views import routes
from mes_app.views.forms.actions import heading
from mes_app.views.health.steps import step_detail
from mes_app.views.health.words import name_measure, tell_value
from mes_app.views.state import read_today, use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state, error_card, section_card
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.icons import KIND_ICONS, choose_icon
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.rows import list_row, tinted_icon, way_row
from mes_app.views.widgets.series_charts import Drawn, series_chart
from mes_app.views.widgets.shell import READING_WIDTH, page_column
from mes_app.views.widgets.steps import STATE_ICONS, step_row, tell_step
from mes_app.views.widgets.texts import body, muted, section_title, short_title
from mes_app.views.widgets.words import tell_day, tell_source

ICON = KIND_ICONS[Kind.PREGNANCIES]
MEASURES = (MeasureType.WEIGHT, MeasureType.BLOOD_PRESSURE)
PAPERS = 12
LAST_WEEK = 42
CHART_HEIGHT, PADDING, LARGEST = 180, 12, 1.5


@component
def pregnancy_way() -> ft.Control:
    """The way to the booklet, where it is offered; else nothing."""
    session, pid, today = use_session(), use_profile().pid, read_today()
    read = use_loaded(lambda: session.pregnancies.read(pid, today), [pid, today], FOLLOWED)
    return read.show(lambda booklet: _way(booklet, pid) if booklet.offered else ft.Container(), ft.Container)


def _way(booklet: PregnancyBooklet, pid: str) -> ft.Control:
    told = next((one.advance for one in booklet.shown if one.advance), None)
    hint = pregnancy_week(told.weeks, told.days) if told else t("sections.pregnancies.empty")
    way = routes.way_to(routes.section(pid, Kind.PREGNANCIES))
    return card(way_row(t("sections.pregnancies.title"), hint, ICON, way), padding=0)


@component
def pregnancy_panel() -> ft.Control:
    """The pregnancies of the profile in the address."""
    session, pid, today = use_session(), use_profile().pid, read_today()
    read = use_loaded(lambda: session.pregnancies.read(pid, today), [pid, today], FOLLOWED)
    title = heading(t("sections.pregnancies.title"), pid, Kind.PREGNANCIES)
    return page_column([title, read.show(_booklet)])


@component
def _booklet(booklet: PregnancyBooklet) -> ft.Control:
    """Each pregnancy, the newest first; those hidden only once asked for."""
    asked, ask = ft.use_state(False)
    hidden = len(booklet.pregnancies) - len(booklet.shown)
    shown = booklet.pregnancies if asked else booklet.shown
    parts: list[ft.Control] = [] if shown else [empty_state(ICON, t("pregnancy.nothing"))]
    parts += [_pregnancy(told) for told in shown]
    if hidden:
        words = t("pregnancy.show_less") if asked else t("pregnancy.show_hidden", count=hidden)
        parts.append(ft.Row([ft.TextButton(words, on_click=lambda: ask(not asked))]))
    return ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _pregnancy(told: ToldPregnancy) -> ft.Control:
    near = [item for item in told.steps if item.state in NEAR]
    live = told.entry.current or bool(near)
    parts: list[ft.Control] = [_summary(told)]
    if near:
        parts.append(section_card(t("prevention.now"), [step_row(item) for item in near]))
    if live and told.steps:
        parts.append(section_card(t("pregnancy.calendar"), [_step(item) for item in told.steps]))
        parts.append(muted(t("pregnancy.told")))
    if live and find_span(told.entry):
        parts.append(_measures(told.entry))
    if live and told.documents:
        parts.append(section_card(t("pregnancy.documents"), [_document(row) for row in told.documents[:PAPERS]]))
    return ft.Column(parts, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@component
def _summary(told: ToldPregnancy) -> ft.Control:
    """Where it stands, its days, and what can be done with the record."""
    session, pid, entry = use_session(), use_profile().pid, told.entry

    async def hide() -> None:
        await session.pregnancies.hide(entry.id, hidden=not told.hidden)

    hiding = use_command(hide)
    way = routes.way_to(routes.entry(pid, Kind.PREGNANCIES, entry.id))
    buttons: list[ft.Control] = [ft.OutlinedButton(t("pregnancy.open"), on_click=way)]
    if not entry.current:
        words = t("pregnancy.show" if told.hidden else "pregnancy.hide")
        buttons.append(ft.TextButton(words, disabled=hiding.running, on_click=hiding.run))
    here = [muted(t("pregnancy.hidden_here"))] if told.hidden else []
    failed = [error_card(hiding.error)] if hiding.error else []
    note = [body(entry.note)] if entry.note else []
    texts = ft.Column([section_title(_name(told)), *(body(line) for line in _tell_days(told)), *note], spacing=4)
    row = ft.Row([tinted_icon(ICON, size=48), ft.Container(texts, expand=True)], spacing=16)
    actions = ft.Row(buttons, wrap=True, spacing=8, run_spacing=8)
    return card(ft.Column([ft.MergeSemantics(row), actions, *here, *failed], spacing=12))


def _name(told: ToldPregnancy) -> str:
    """« 23 SA + 4 j »; of one that is over, when it ended."""
    if told.advance:
        return pregnancy_week(told.advance.weeks, told.advance.days)
    return pregnancy_end(told.entry.status, told.entry.until.text if told.entry.until else "")


def _tell_days(told: ToldPregnancy) -> list[str]:
    entry, advance = told.entry, told.advance
    if not entry.current:
        return []
    if not (entry.beginning and entry.expected):
        return [t("pregnancy.no_day")]
    past = [t("pregnancy.past_term")] if advance and advance.weeks > LAST_WEEK else []
    month = [t("pregnancy.month", month=advance.month, trimester=advance.trimester)] if advance else []
    return [
        *month,
        t("pregnancy.beginning", day=day(entry.beginning)),
        t("pregnancy.expected", day=day(entry.expected)),
        *past,
    ]


def _step(item: PreventionItem) -> ft.Control:
    """One step of the calendar, which opens on what can be said of it."""
    return ft.ExpansionTile(
        key=item.id,
        title=short_title(item.title, lines=None),
        subtitle=muted(tell_step(item)),
        leading=tinted_icon(STATE_ICONS[item.state]),
        controls=[step_detail(item, named=False, alone=True)],
        controls_padding=ft.Padding.only(left=16, right=16, bottom=12),
        tile_padding=ft.Padding.symmetric(horizontal=12),
        expanded_cross_axis_alignment=ft.CrossAxisAlignment.STRETCH,
        shape=ft.RoundedRectangleBorder(),
    )


@component
def _measures(entry: Pregnancy) -> ft.Control:
    """What was measured within the pregnancy, each measure with its curve and the way to add to it."""
    session, pid = use_session(), use_profile().pid
    span = find_span(entry)
    read = use_loaded(lambda: _gather_measures(session, pid, span), [pid, span], (Kind.MEASURES,))
    width, set_width = ft.use_state(0.0)
    shown = read.show(lambda found: ft.Column([_measure(name, told, pid, width) for name, told in found], spacing=12))
    measured = ft.Container(
        shown,
        padding=PADDING,
        expand=True,
        on_size_change=lambda event: set_width(min(event.width, READING_WIDTH) - 2 * PADDING),
    )
    return section_card(t("sections.measures.title"), [ft.Row([measured])])


async def _gather_measures(
    session: Session, pid: str, span: tuple[date, date] | None
) -> list[tuple[MeasureType, MeasureHistory]]:
    return [(measure, _cut(await session.health.history(pid, measure), span)) for measure in MEASURES]


def _cut(history: MeasureHistory, span: tuple[date, date] | None) -> MeasureHistory:
    def within(row: Row) -> bool:
        when = row.date.day if row.date else None
        return bool(span and when and span[0] <= when <= span[1])

    rows = tuple(row for row in history.rows if within(row))
    return replace(history, rows=rows, points=tuple(point for point in history.points if within(point.row)))


def _measure(measure: MeasureType, told: MeasureHistory, pid: str, width: float) -> ft.Control:
    scale = min(use_ui().preferences.text_scale, LARGEST)
    newest = t("pregnancy.newest", value=tell_value(told.rows[0]), day=tell_day(told.rows[0].date)) if told.rows else ""
    units = {point.row.unit for point in told.points}
    drawn = Drawn(told.points, find_bands(told.points)) if len(told.points) > 1 and len(units) == 1 else None
    chart = [series_chart(drawn, width, CHART_HEIGHT, scale)] if drawn and width else []
    buttons: list[ft.Control] = [
        ft.FilledTonalButton(
            t("pregnancy.add_measure", name=name_measure(measure)),
            icon=ft.Icons.ADD_ROUNDED,
            on_click=routes.way_across(routes.form(pid, Kind.MEASURES, measure)),
        )
    ]
    if told.rows:
        way = routes.way_across(routes.entry(pid, Kind.MEASURES, measure))
        buttons.append(ft.TextButton(t("pregnancy.all_values"), on_click=way))
    words = [short_title(name_measure(measure), strong=True), muted(newest or t("pregnancy.no_value"))]
    return ft.Column([*words, *chart, ft.Row(buttons, wrap=True, spacing=8, run_spacing=8)], spacing=8)


def _document(row: Row) -> ft.Control:
    when = partial(row.date_text) if row.date_text else ""
    told = " · ".join(part for part in (when, tell_source(row)) if part)
    return list_row(
        row.name, told, icon=choose_icon(row), on_click=routes.way_across(routes.document(row.profile, row.id))
    )
