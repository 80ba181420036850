"""Fields keep what is typed, whatever is drawn meanwhile."""

import asyncio
from collections.abc import Sequence

import flet as ft

from mes_app.i18n import t
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.fields import secret_field, text_field
from tests.views.harness import App


@component
def form() -> ft.Control:
    text, set_text = ft.use_state("")
    secret, set_secret = ft.use_state("")
    drawings, set_drawings = ft.use_state(0)
    fields = [text_field("text", text, set_text), secret_field("secret", secret, set_secret)]
    again = ft.TextButton("again", on_click=lambda: set_drawings(drawings + 1))
    clear = ft.TextButton("clear", on_click=lambda: set_text(""))
    return ft.Column([*fields, again, clear, ft.Text(text)])


@ft.component
def root() -> Sequence[ft.View]:
    return [ft.View(controls=[form()])]


async def open_form(app: App) -> None:
    await app.type(app.one(ft.TextField, label="text"), "a")
    app.session.apply_patch(app.one(ft.TextField, label="text")._i, {"value": "ab"})


def test_a_key_typed_while_the_former_one_is_drawn_is_kept() -> None:
    async def run() -> None:
        async with App(lambda page: page.render_views(root)) as app:
            await open_form(app)
            await app.click(app.button("again"))
            field = app.one(ft.TextField, label="text")
            assert field.value == "ab"
            await app.fire(field, "change", "ab")
            assert "ab" in app.texts()

    asyncio.run(run())


def test_what_the_app_clears_is_cleared_whatever_is_being_typed() -> None:
    async def run() -> None:
        async with App(lambda page: page.render_views(root)) as app:
            await open_form(app)
            await app.click(app.button("clear"))
            assert app.one(ft.TextField, label="text").value == ""

    asyncio.run(run())


def test_what_is_hidden_can_be_shown_with_a_button_that_has_a_name() -> None:
    async def run() -> None:
        async with App(lambda page: page.render_views(root)) as app:
            assert app.one(ft.TextField, label="secret").password
            await app.click(app.one(ft.Icon, semantics_label=t("app.show_secret")).parent)  # type: ignore[arg-type]
            assert not app.one(ft.TextField, label="secret").password
            assert app.one(ft.Icon, semantics_label=t("app.hide_secret"))

    asyncio.run(run())
