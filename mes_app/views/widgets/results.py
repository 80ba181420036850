"""Results of a laboratory as a table: analysis, result, usual values; what is outside is said in words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

import flet as ft

from mes_app.domain.laboratory import Analyte, Place, Range
from mes_app.i18n import decimal, quantity, t
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.tables import ruled, told
from mes_app.views.widgets.texts import body, muted

_ICONS = {
    Place.ABOVE: ft.Icons.ARROW_UPWARD_ROUNDED,
    Place.BELOW: ft.Icons.ARROW_DOWNWARD_ROUNDED,
    Place.OUTSIDE: ft.Icons.PRIORITY_HIGH_ROUNDED,
}
_DIGITS = 6
"""Decimals shown of a number: a laboratory writes no more."""


def results_table(analytes: Sequence[Analyte], *, wide: bool) -> ft.Control:
    """``analytes`` in their order, each group under its name; three columns, or one where it is narrow."""
    lines: list[ft.Control] = [_head()] if wide else []
    for group, found in groupby(analytes, lambda analyte: analyte.group):
        if group:
            lines.append(_group_title(group))
        lines += [_line(analyte, wide=wide) for analyte in found]
    lines.append(ft.Container(muted(t("reading.usual_note")), padding=ft.Padding.only(top=8)))
    return ft.Column(lines, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head() -> ft.Control:
    names = (t("reading.analyte"), t("reading.result"), t("reading.usual"))
    cells: list[ft.Control] = [ft.Container(muted(name), expand=True) for name in names]
    return ft.Semantics(content=ruled(ft.Row(cells, spacing=12)), exclude_semantics=True)


def _group_title(words: str) -> ft.Control:
    title = ft.Text(words, theme_style=ft.TextThemeStyle.TITLE_SMALL)
    return ft.Container(
        ft.Semantics(content=title, header=True, heading_level=3, container=True), padding=ft.Padding.only(top=12)
    )


def _line(analyte: Analyte, *, wide: bool) -> ft.Control:
    usual = tell_usual(analyte.usual)
    value = ft.Row([value_text(analyte), *place_mark(analyte.place)], spacing=8, run_spacing=0, wrap=True)
    if wide:
        cells: list[ft.Control] = [ft.Container(cell, expand=True) for cell in (body(analyte.name), value, body(usual))]
        shown: ft.Control = ft.Row(cells, spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    else:
        below = [muted(f"{t('reading.usual')} : {usual}")] if usual else []
        shown = ft.Column([body(analyte.name), value, *below], spacing=2)
    return told(ruled(shown), ", ".join(tell_line(analyte, usual)))


def value_text(analyte: Analyte) -> ft.Control:
    """The result itself, in semibold where it is outside its usual values."""
    outside = analyte.place in _ICONS
    return ft.Text(
        tell_result(analyte),
        theme_style=ft.TextThemeStyle.BODY_LARGE,
        font_family=SEMIBOLD if outside else None,
    )


def place_mark(place: Place | None) -> list[ft.Control]:
    """The word and the sign of a result outside its usual values; nothing for others."""
    if place not in _ICONS:
        return []
    words = ft.Text(t(f"reading.place.{place}"), theme_style=ft.TextThemeStyle.BODY_MEDIUM, color=ft.Colors.ERROR)
    return [ft.Row([ft.Icon(_ICONS[place], size=18, color=ft.Colors.ERROR), words], spacing=2, tight=True)]


def tell_line(analyte: Analyte, usual: str) -> Iterator[str]:
    """What is read aloud of one result."""
    yield f"{analyte.name} : {tell_result(analyte)}"
    if analyte.place:
        yield t(f"reading.place.{analyte.place}")
    if usual:
        yield f"{t('reading.usual')} : {usual}"


def tell_result(analyte: Analyte) -> str:
    """« 1,26 g/L », or the answer in words."""
    return _tell_number(analyte.value.value, analyte.value.unit) if analyte.value else analyte.answer


def tell_usual(usual: Range) -> str:
    """« 0,7 à 1,1 g/L », « jusqu’à 5 mg/L »; the author's words where there are no numbers; else empty."""
    low, high = usual.low, usual.high
    if low is not None and high is not None:
        return t("reading.between", low=decimal(low, _DIGITS), high=_tell_number(high, usual.unit))
    if high is not None:
        return t("reading.at_most", high=_tell_number(high, usual.unit))
    if low is not None:
        return t("reading.at_least", low=_tell_number(low, usual.unit))
    return usual.text


def _tell_number(value: Decimal, unit: str) -> str:
    return quantity(value, unit)
