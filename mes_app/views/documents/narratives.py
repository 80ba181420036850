"""A clinical document on the screen: whose it is and who wrote it, its results, then its text as it was written."""

from collections.abc import Iterable, Iterator

import flet as ft

from mes_app.domain.clinical_documents import ClinicalDocument
from mes_app.domain.narratives import Block, Item, Paragraph, Run, Section, Table
from mes_app.i18n import t
from mes_app.views.state import use_ui
from mes_app.views.theme import RADIUS, SEMIBOLD
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.results import results_table
from mes_app.views.widgets.signs import READING_INTERVAL, note_sign
from mes_app.views.widgets.tables import text_table
from mes_app.views.widgets.texts import body, muted
from mes_app.views.widgets.words import tell_moment

READING_WIDTH = 860
INDENT = 24
_STYLES = (ft.TextThemeStyle.TITLE_LARGE, ft.TextThemeStyle.TITLE_MEDIUM, ft.TextThemeStyle.TITLE_SMALL)


@component
def narrative_sheet(document: ClinicalDocument) -> ft.Control:
    """All of ``document``, in a column as wide as is easily read."""
    ui = use_ui()
    sheet = ft.Container(
        ft.Column(
            [*_tell_facts(document), *_list_parts(document, wide=ui.rail)],
            spacing=12,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        padding=24 if ui.rail else 16,
        border_radius=RADIUS,
        bgcolor=ft.Colors.SURFACE_CONTAINER_LOW,
        border=ft.Border.all(1, ft.Colors.OUTLINE_VARIANT),
        width=READING_WIDTH,
        expand=True,
        expand_loose=True,
    )
    return ft.ListView(
        [ft.Row([sheet], alignment=ft.MainAxisAlignment.CENTER)],
        expand=True,
        padding=ui.margin,
        on_scroll=note_sign,
        scroll_interval=READING_INTERVAL,
    )


def _tell_facts(document: ClinicalDocument) -> Iterator[ft.Control]:
    """Whose document it is, as its author wrote it: the reader sees at once when it is somebody else's."""
    born = t("reading.born", day=tell_moment(document.born)) if document.born else ""
    whose = " · ".join(filter(None, (document.patient, born)))
    who = " · ".join(filter(None, (document.author, document.organization, tell_moment(document.date))))
    yield from (muted(line) for line in (whose, who) if line)


def _list_parts(document: ClinicalDocument, *, wide: bool) -> Iterator[ft.Control]:
    if document.analytes:
        yield _heading(t("reading.results"), 0)
        yield results_table(document.analytes, wide=wide)
        if document.sections:
            yield _heading(t("reading.whole"), 0)
    if not document.analytes and not document.sections:
        yield body(t("reading.empty"))
    for section in document.sections:
        yield from _show_section(section, wide=wide)
    if document.cut:
        yield muted(t("reading.cut"))
    if document.pictures:
        yield muted(t("reading.pictures", count=document.pictures))


def _show_section(section: Section, *, wide: bool) -> Iterator[ft.Control]:
    if section.title:
        yield _heading(section.title, section.depth + 1)
    for block in section.blocks:
        yield _show_block(block, wide=wide)


def _heading(words: str, depth: int) -> ft.Control:
    style = _STYLES[min(depth, len(_STYLES) - 1)]
    heading = ft.Semantics(
        content=ft.Text(words, theme_style=style), header=True, heading_level=min(depth + 2, 6), container=True
    )
    return ft.Container(heading, padding=ft.Padding.only(top=8))


def _show_block(block: Block, *, wide: bool) -> ft.Control:
    match block:
        case Table():
            return text_table(block.header, block.rows, caption=block.caption, wide=wide)
        case Item():
            return _show_item(block)
        case Paragraph():
            return _show_runs(block.runs)


def _show_item(item: Item) -> ft.Control:
    mark = ft.Container(body(f"{item.number}." if item.number else "•"), width=INDENT)
    row = ft.Row(
        [mark, ft.Container(_show_runs(item.runs), expand=True)], vertical_alignment=ft.CrossAxisAlignment.START
    )
    return ft.Container(ft.MergeSemantics(row), padding=ft.Padding.only(left=item.depth * INDENT))


def _show_runs(runs: Iterable[Run]) -> ft.Control:
    spans = [
        ft.TextSpan(
            run.text,
            ft.TextStyle(font_family=SEMIBOLD if run.strong else None, italic=run.emphasised),
        )
        for run in runs
    ]
    return ft.Text(spans=spans, theme_style=ft.TextThemeStyle.BODY_LARGE)
