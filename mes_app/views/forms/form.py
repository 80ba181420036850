"""The form of one entry: one column below the button that saves, a draft kept when it is left."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import flet as ft

from mes_app.domain.forms import Input, InputKind, fill_from_box, list_inputs
from mes_app.domain.suggestions import follow_vaccine
from mes_app.errors import MesError, Reason, Rejected
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.inputs import asked_field
from mes_app.views.forms.linking import LINKS, links_group
from mes_app.views.forms.opening import DraftKeeper, Opened, Task, open_form, save_form
from mes_app.views.forms.pasting import is_pasted
from mes_app.views.state import read_now, use_session, use_store, use_ui
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import error_card, notice_card
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.fields import main_button, other_error
from mes_app.views.widgets.form_pages import form_page
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.shell import READING_WIDTH
from mes_app.views.widgets.signs import READING_INTERVAL, note_sign
from mes_app.views.widgets.texts import wrong

_SLIDE = 300


@component
def entry_form(task: Task, done: str) -> ft.Control:
    """The form of ``task``. Once it is saved the screen at ``done`` shows."""
    session = use_session()
    read = use_loaded(lambda: open_form(session, task, read_now()), [task])
    return read.show(lambda opened: _form(task, opened, done))


@component
def _form(task: Task, opened: Opened, done: str) -> ft.Control:
    session, store = use_session(), use_store()
    keeper: ft.MutableRef[DraftKeeper] = ft.use_ref(lambda: DraftKeeper(session.editing, task, opened))
    typed: ft.MutableRef[dict[str, str]] = ft.use_ref(lambda: opened.draft or opened.values)
    column: ft.MutableRef[ft.ListView] = ft.use_ref()
    resumed, set_resumed = ft.use_state(opened.draft is not None)
    _, draw = ft.use_state(typed.current)

    async def change(name: str, value: str) -> None:
        pasted = name == "product" and is_pasted(typed.current.get(name, ""), value)
        await take(follow_vaccine(typed.current, {**typed.current, name: value}))
        if pasted:
            await filling.run()

    async def take(values: dict[str, str]) -> None:
        typed.current = values
        draw(typed.current)
        for command in (saving, filling):
            if command.error:
                command.clear()
        await keeper.current.keep(typed.current)

    async def fill() -> None:
        await take(fill_from_box(typed.current))

    async def save(*, confirmed: bool = False) -> None:
        try:
            edited = await save_form(session, task, opened, typed.current, confirmed=confirmed)
        except Rejected as error:
            await column.current.scroll_to(scroll_key=error.field, duration=_SLIDE)
            raise
        await keeper.current.drop()
        store.offer_undo("forms.changed" if task.record_id else "forms.added", edited)
        routes.go(done)

    async def save_anyway() -> None:
        await save(confirmed=True)

    async def start_over() -> None:
        typed.current = opened.values
        draw(typed.current)
        set_resumed(False)
        await keeper.current.drop()

    saving, confirming, filling = use_command(save), use_command(save_anyway), use_command(fill)
    error = confirming.error or saving.error or filling.error
    inputs = list_inputs(task.kind, typed.current)
    fields = [
        _place(asked, typed.current.get(asked.name, ""), change, _entered(asked, saving, filling), error)
        for asked in inputs
    ]
    resuming = [notice_card(t("forms.resumed"), action=(t("forms.start_over"), start_over))] if resumed else []
    column.current = _column([*resuming, *fields, *_links(task, opened, typed.current, change)])
    told = [*_tell_wrong(error, inputs), *_offer_anyway(saving, confirming)]
    return form_page(_name(task), main_button(t("forms.save"), saving, wide=False), column.current, told)


def _place(
    asked: Input, value: str, change: Callable[[str, str], Awaitable[None]], entered: Command, error: MesError | None
) -> ft.Control:
    """One input, found by its name when something is wrong with it.

    The name is above the field, never around it: Flet makes what has a ScrollKey anew each time the page takes another
    height, be it for a line above it or for the keyboard of a phone, and a field made anew has lost the keyboard.
    """
    mark = ft.Container(height=0, key=ft.ScrollKey(asked.name))  # type: ignore[call-arg]
    field = asked_field(asked, value, change, entered, error)
    return ft.Column(
        [mark, field], key=asked.name, spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )


def _links(
    task: Task, opened: Opened, typed: Mapping[str, str], change: Callable[[str, str], Awaitable[None]]
) -> list[ft.Control]:
    """« Liens », where such an entry can have some."""
    if LINKS not in opened.values:
        return []
    group = links_group(task.pid, task.kind, typed.get(LINKS, opened.values[LINKS]), change)
    return [ft.Column([group], key=LINKS, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)]


def _entered(asked: Input, saving: Command, filling: Command) -> Command:
    """What the Enter key does: a reader of codes ends with it, and nothing is to be saved yet."""
    return filling if asked.kind is InputKind.CODE else saving


def _name(task: Task) -> str:
    return t("forms.change_title" if task.record_id else f"forms.add_{task.kind}")


def _column(controls: Sequence[ft.Control]) -> ft.ListView:
    margin = use_ui().margin
    column = ft.Column([*controls], spacing=24, width=READING_WIDTH, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    inside = ft.Container(column, expand=True, expand_loose=True, width=READING_WIDTH)
    return ft.ListView(
        [
            ft.Container(
                ft.Row([inside], alignment=ft.MainAxisAlignment.CENTER),
                padding=ft.Padding.only(left=margin, right=margin, top=8, bottom=32),
            )
        ],
        expand=True,
        build_controls_on_demand=False,
        on_scroll=note_sign,
        scroll_interval=READING_INTERVAL,
    )


def _tell_wrong(error: MesError | None, inputs: Sequence[Input]) -> list[ft.Control]:
    """What to correct, above all fields, for its own may be out of sight; a card for what no field can correct."""
    if not isinstance(error, Rejected):
        return other_error(error)
    asked = next((asked for asked in inputs if asked.name == error.field), None)
    if asked is None:
        return [error_card(error)]
    words = t("forms.unlikely" if error.reason is Reason.OUT_OF_RANGE else "forms.correct", label=t(asked.label))
    return [wrong(words)]


def _offer_anyway(saving: Command, confirming: Command) -> list[ft.Control]:
    """Keeps what is unusual, once it was said to be."""
    if not isinstance(saving.error, Rejected) or saving.error.reason is not Reason.OUT_OF_RANGE:
        return []
    return [ft.OutlinedButton(t("forms.save_anyway"), on_click=confirming.run, disabled=confirming.running)]
