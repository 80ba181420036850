"""A date one may know in part: its day, its month and its year each in a field of their own; and a time."""

from collections.abc import Awaitable, Callable
from functools import partial

import flet as ft

from mes_app.domain.forms import Input, InputKind
from mes_app.i18n import t
from mes_app.views.forms.focusing import use_focus
from mes_app.views.forms.labels import grouped, hint_input, labelled
from mes_app.views.forms.partial_dates import TypedDate, join_date, split_date, type_now
from mes_app.views.state import read_now, use_ui
from mes_app.views.widgets.fields import text_field

Change = Callable[[str], Awaitable[None]]

_WIDTHS = {"day": 84, "month": 84, "year": 108, "time": 108}
_LENGTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


def date_field(asked: Input, value: str, change: Change, submit: Change, error: str) -> ft.Control:
    """A date as far as it is known; a moment has a time too. Uses hooks: part of every drawing of its component."""
    typed, timed = split_date(value), asked.kind is InputKind.MOMENT
    scale = use_ui().preferences.text_scale

    async def change_part(name: str, part: str) -> None:
        await change(join_date(typed._replace(**{name: part})))

    async def take_now() -> None:
        await change(type_now(read_now(), timed=timed))

    def field(name: str) -> ft.TextField:
        return text_field(
            t(f"forms.{name}"),
            getattr(typed, name),
            partial(change_part, name),
            on_submit=submit,
            error=ft.Container() if error else "",
            keyboard_type=ft.KeyboardType.DATETIME if name == "time" else ft.KeyboardType.NUMBER,
            input_filter=None if name == "time" else ft.InputFilter("^[0-9]*$"),
            max_length=_LENGTHS[name],
            counter="",
        )

    fields = {name: field(name) for name in TypedDate._fields if timed or name != "time"}
    use_focus(fields["day"], wrong=bool(error))
    boxes = [ft.Container(box, width=_WIDTHS[name] * scale) for name, box in fields.items()]
    now = ft.TextButton(t("forms.now" if timed else "forms.today"), on_click=take_now)
    hint = hint_input(asked) or t("forms.partly" if not timed else "forms.moment")
    return labelled(asked, grouped(asked, [*boxes, now]), error=error, hint=hint)
