"""How a child grows: one measure at a time between the lines of WHO, its newest value in words, and all of them."""

import flet as ft

from mes_app.domain.growth import CURVES, EARLY_WEEKS, Child
from mes_app.domain.growth_curves import GrowthCurve, GrowthPoint
from mes_app.domain.growth_frames import ENDS, choose_end, make_growing
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.people import age_on
from mes_app.domain.record import Kind
from mes_app.domain.values import PartialDate
from mes_app.i18n import quantity, t, unit
from mes_app.i18n.growth import growth_age, growth_place
from mes_app.services.growth import Growth
from mes_app.views import routes
from mes_app.views.state import read_today, use_profile, use_session, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, empty_state
from mes_app.views.widgets.choices import choice_bar, choice_list
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.growth_charts import growth_chart
from mes_app.views.widgets.loading import Loaded, use_loaded
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.shell import READING_WIDTH, page_column
from mes_app.views.widgets.tables import ruled, told
from mes_app.views.widgets.texts import body, muted, page_title, section_title, short_title
from mes_app.views.widgets.words import tell_day

CHART_HEIGHT, CHART_MARGINS = 320, 66
LARGEST = 1.5
"""The texts of the chart grow no further: its marks would no longer fit beside each other."""
STEPPED = (MeasureType.HEIGHT, MeasureType.BMI)
"""What is lower or higher standing than lying."""


def use_growth_way() -> list[ft.Control]:
    """The way to the curves of the profile in the address, where there are any. A plain function that uses hooks."""
    pid, read = use_profile().pid, _use_growth()
    if read.value is None or not read.value.concerns(read_today()):
        return []
    way = way_row(t("growth.title"), t("growth.way"), ft.Icons.SHOW_CHART_ROUNDED, routes.way_to(routes.growth(pid)))
    return [card(way, padding=0)]


@component
def growth_panel() -> ft.Control:
    """The curves of the profile in the address."""
    read = _use_growth()
    width, set_width = ft.use_state(0.0)
    return ft.Container(
        page_column([page_title(t("growth.title")), read.show(lambda growth: _show(growth, width))]),
        on_size_change=lambda event: set_width(min(event.width, READING_WIDTH)),
        expand=True,
    )


def _use_growth() -> Loaded[Growth]:
    session, pid = use_session(), use_profile().pid
    return use_loaded(lambda: session.growths.read(pid), [pid], (Kind.MEASURES, Kind.PEOPLE))


def _show(growth: Growth, width: float) -> ft.Control:
    if growth.child is None:
        return empty_state(ft.Icons.SHOW_CHART_ROUNDED, t("growth.no_child"))
    return _curves(growth, growth.child, width)


@component
def _curves(growth: Growth, child: Child, width: float) -> ft.Control:
    ui = use_ui()
    measure, choose = ft.use_state(str(MeasureType.WEIGHT))
    curve = next(each for each in growth.curves if each.measure == measure)
    until, choose_until = ft.use_state(choose_end(growth.curves))
    names = {str(each.measure): t(f"growth.{each.measure}") for each in growth.curves}
    ends = {name: t(f"growth.until_{name}") for name in ENDS}
    scale = min(ui.preferences.text_scale, LARGEST)
    chart = [_chart(curve, child, ENDS[until], width, scale)] if width else []
    shown = ft.Column(
        [
            choice_bar(names, measure, choose),
            choice_bar(ends, until, choose_until),
            *chart,
            *_tell_newest(curve),
            muted(t("growth.source")),
            muted(t("growth.lines")),
            *([muted(t("growth.step"))] if curve.measure in STEPPED else []),
            *([muted(t("growth.computed_note"))] if any(point.computed for point in curve.points) else []),
        ],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return ft.Column(
        [card(shown), *_values(curve), _weeks(child.weeks)],
        spacing=12,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _chart(curve: GrowthCurve, child: Child, end: int, width: float, scale: float) -> ft.Control:
    drawn = growth_chart(make_growing(curve, child, end), width - CHART_MARGINS, CHART_HEIGHT, scale)
    named = ft.Semantics(content=muted(unit(curve.unit)), exclude_semantics=True)
    return ft.Column([named, drawn], spacing=0)


def _tell_newest(curve: GrowthCurve) -> list[ft.Control]:
    """The newest value and its place, then how many values have none."""
    words = body(_tell_point(curve.measure, curve.points[-1]) if curve.points else t("growth.nothing"))
    return [words, *([muted(t("growth.unplaced", count=curve.unplaced))] if curve.unplaced else [])]


def _tell_point(measure: MeasureType, point: GrowthPoint) -> str:
    return t(
        "growth.sentence",
        name=t(f"growth.name_{measure}"),
        value=_tell_value(measure, point),
        day=_tell_day(point),
        age=_tell_age(point),
        place=growth_place(point.place.above, point.place.below),
    )


def _values(curve: GrowthCurve) -> list[ft.Control]:
    """All values placed, the newest first."""
    rows = [_row(curve.measure, point) for point in reversed(curve.points)]
    title = section_title(t("growth.points"))
    return (
        [card(ft.Column([title, *rows], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))] if rows else []
    )


def _row(measure: MeasureType, point: GrowthPoint) -> ft.Control:
    value = _tell_value(measure, point)
    facts = [_tell_day(point), _tell_age(point), *([t("growth.computed")] if point.computed else [])]
    where = growth_place(point.place.above, point.place.below)
    column = ft.Column([short_title(value, strong=True), muted(" · ".join(facts)), muted(where)], spacing=2)
    return told(ruled(column), ", ".join((value, *facts, where)))


@component
def _weeks(weeks: int | None) -> ft.Control:
    """How early the child was born, to be chosen."""
    session, pid = use_session(), use_profile().pid

    async def keep(chosen: str) -> None:
        await session.growths.choose_weeks(pid, int(chosen) or None)

    keeping = use_command(keep)
    words = {"0": t("growth.at_term")} | {str(each): t("growth.weeks", count=each) for each in reversed(EARLY_WEEKS)}
    listed = choice_list(t("growth.early"), words, str(weeks or 0), keeping.run)
    hint = muted(t("growth.early_hint"))
    return card(ft.Column([section_title(t("growth.early")), listed, hint, *other_error(keeping.error)], spacing=8))


def _tell_value(measure: MeasureType, point: GrowthPoint) -> str:
    return quantity(round(point.value, 2), CURVES[measure])


def _tell_day(point: GrowthPoint) -> str:
    return tell_day(PartialDate(text=point.day.isoformat()))


def _tell_age(point: GrowthPoint) -> str:
    """Corrected where it is."""
    lived = age_on(point.since, point.day)
    words = growth_age(lived.years, lived.months, point.age)
    return t("growth.corrected", age=words) if point.corrected else words
