"""What the columns of a table are, where their names do not tell: asked beside the first values of each."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import flet as ft

from mes_app.domain.measure_columns import Column, Role
from mes_app.domain.measure_tables import Sheet, list_cells, list_possible_units
from mes_app.domain.measure_types import MeasureType
from mes_app.domain.written_moments import DateOrder, read_written
from mes_app.i18n import partial, t, unit
from mes_app.views.health.words import name_measure
from mes_app.views.state import use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.choices import choice_card, choice_list
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import body, muted, section_title

MOST_SHOWN = 40
"""Columns: a table of a device has fewer."""
_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_ROLES = (Role.IGNORED, Role.DATE, Role.TIME)
_OTHERS = (Role.DIASTOLIC, Role.NAME, Role.VALUE, Role.UNIT, Role.NOTE)


@component
def columns_form(
    sheet: Sheet, change: Callable[[Sheet], None], going: Command, begin_again: Callable[[], None]
) -> ft.Control:
    """Each column with its first values and what it holds. ``change`` is given the sheet as it becomes.

    ``going`` goes on, once nothing lacks.
    """
    session = use_session()

    async def lay_out(rank: int, column: Column) -> None:
        layout = (*sheet.layout[:rank], column, *sheet.layout[rank + 1 :])
        change(await session.measure_imports.lay_out(sheet, layout))

    laying = use_command(lay_out)
    lacking = [] if sheet.is_clear else [muted(t("measure_files.lacking"))]
    told = [
        body(t("measure_files.columns_what")),
        muted(sheet.name),
        *_order_card(sheet, lambda order: change(replace(sheet, order=DateOrder(order)))),
        *(_column_card(sheet, rank, laying) for rank in range(min(sheet.width, MOST_SHOWN))),
        ft.Row([ft.TextButton(t("measure_files.choose_others"), on_click=begin_again)], wrap=True),
    ]
    button = main_button(t("measure_files.next"), going, disabled=not sheet.is_clear, wide=False)
    page = page_column(told, step="columns")
    return form_page(t("measure_files.columns"), button, page, [*lacking, *other_error(laying.error)])


def _column_card(sheet: Sheet, rank: int, laying: Command) -> ft.Control:
    column = sheet.layout[rank]
    name = (sheet.header[rank] if rank < len(sheet.header) else "") or t("measure_files.column", number=rank + 1)
    cells = " · ".join(cell[:_LONGEST_EXAMPLE] for cell in islice(list_cells(sheet.lines, rank), _EXAMPLES))

    async def hold(chosen: str) -> None:
        await laying.run(rank, _read_choice(chosen))

    async def measure_in(chosen: str) -> None:
        await laying.run(rank, replace(column, unit=chosen))

    asked = choice_list(t("measure_files.holds"), _list_choices(), _name_choice(column), hold)
    parts = [section_title(name), *([muted(t("measure_files.examples", cells=cells))] if cells else []), asked]
    units = list_possible_units(column.measure) if column.measure and column.role is Role.VALUE else ()
    if len(units) > 1:
        words = {each: unit(each) for each in units}
        parts += [body(t("measure_files.unit")), choice_list(t("measure_files.unit"), words, column.unit, measure_in)]
    return card(ft.Column(parts, spacing=8, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _order_card(sheet: Sheet, choose: Callable[[str], None]) -> list[ft.Control]:
    """How its dates are read, where they can be read in two ways."""
    day = next((rank for rank, column in enumerate(sheet.layout) if column.role is Role.DATE), None)
    if day is None:
        return []
    for cell in list_cells(sheet.lines, day):
        read = {order: read_written(cell, "", order) for order in DateOrder}
        if all(read.values()) and len(set(read.values())) > 1:
            words = {
                str(order): t(f"measure_files.order_{order}", example=cell, day=partial(text or ""))
                for order, text in read.items()
            }
            return [choice_card(t("measure_files.order"), words, str(sheet.order or ""), choose)]
    return []


def _list_choices() -> dict[str, str]:
    """What a column may hold, by key: a role, or a measure."""
    roles = {str(role): t(f"measure_files.roles.{role}") for role in (*_ROLES, *_OTHERS)}
    measures = {str(measure): name_measure(measure) for measure in MeasureType}
    first = {role: roles[role] for role in _ROLES}
    return first | measures | roles


def _name_choice(column: Column) -> str:
    return str(column.measure if column.role is Role.VALUE and column.measure else column.role)


def _read_choice(chosen: str) -> Column:
    if chosen in [*MeasureType]:
        return Column(Role.VALUE, MeasureType(chosen))
    return Column(Role(chosen), MeasureType.BLOOD_PRESSURE if chosen == Role.DIASTOLIC else None)
