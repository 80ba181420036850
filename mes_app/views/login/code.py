"""The one-time code: where it was sent, six figures, and a new one after a while."""

import asyncio

import flet as ft

from mes_app.domain.servers import CodeRequest, OtpChannel
from mes_app.i18n import t
from mes_app.views.login.state import SignIn, Step
from mes_app.views.state import use_carnets
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.fields import main_button, other_error, read_field_error, text_field
from mes_app.views.widgets.texts import muted

FIGURES = 6


@screen
def code_screen(sign_in: SignIn) -> ft.View:
    """Asks the code and enrols the device. Six figures are sent at once."""
    carnets = use_carnets()
    code, set_code = ft.use_state("")
    asked = sign_in.code or CodeRequest(channel=OtpChannel.TOTP)

    async def send(given: str = code) -> None:
        set_code("")
        await sign_in.enrol(await carnets.login.send_code(given))

    async def resend() -> None:
        sign_in.code = await carnets.login.resend_code()
        sign_in.sent += 1

    sending, resending = use_command(send), use_command(resend)

    async def type_code(value: str) -> None:
        set_code(value)
        if len(value) == FIGURES:
            await sending.run(value)

    field = text_field(
        t("login.code"),
        code,
        type_code,
        error=read_field_error(sending.error),
        autofocus=True,
        max_length=FIGURES,
        counter="",
        keyboard_type=ft.KeyboardType.NUMBER,
        input_filter=ft.InputFilter(r"^[0-9]*$"),
        autofill_hints=[ft.AutofillHint.ONE_TIME_CODE],
        text_align=ft.TextAlign.CENTER,
        text_style=ft.TextStyle(size=32, letter_spacing=12, font_family=SEMIBOLD),
    )
    button = main_button(t("login.send_code"), sending, disabled=len(code) < FIGURES)
    again = [resend_button(resending, asked.resend_in, sign_in.sent)] if asked.channel is not OtpChannel.TOTP else []
    shown = [_outbox_button(carnets.server)] if carnets.demo and asked.channel is not OtpChannel.TOTP else []
    controls = [field, *shown, *other_error(sending.error or resending.error), button, *again]
    hint = t(f"login.code_sent_{asked.channel}", hint=asked.hint)
    return entrance_view(
        Step.CODE, ft.Icons.MARK_EMAIL_READ_OUTLINED, t("login.code_title"), hint, controls, on_back=sign_in.go_back
    )


def _outbox_button(server: str) -> ft.Control:
    """The demonstration sends no mail: its codes are in the terminal and on this page."""
    address = f"{server}/demo/outbox"
    return ft.TextButton(t("login.demo_code", address=address), icon=ft.Icons.OPEN_IN_NEW_ROUNDED, url=address)


@component
def resend_button(command: Command, seconds: int, sent: int) -> ft.Control:
    """Asks for a new code once ``seconds`` have passed; counts them down again with each code ``sent``."""
    left, set_left = ft.use_state(seconds)

    async def count_down() -> None:
        for second in range(seconds, 0, -1):
            set_left(second)
            await asyncio.sleep(1)
        set_left(0)

    ft.use_effect(count_down, [sent], cleanup=lambda: None)
    if left:
        return muted(t("login.resend_in", seconds=left), align=ft.TextAlign.CENTER)
    return ft.TextButton(t("login.resend"), on_click=command.run, disabled=command.running)
