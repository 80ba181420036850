"""Leaving: the service only, or this device altogether. What the service does not have is said before."""

from collections.abc import Callable
from enum import StrEnum

import flet as ft

from mes_app.errors import Busy, Offline, Unreadable
from mes_app.i18n import t
from mes_app.services.vault import VaultState
from mes_app.views import routes
from mes_app.views.security.unsent import unsent_card
from mes_app.views.state import use_carnets, use_session, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.commands import Command
from mes_app.views.widgets.confirming import use_confirmed
from mes_app.views.widgets.consents import consent
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.rows import way_row
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, muted, page_title

Choose = Callable[["Step"], None]


class Step(StrEnum):
    """Where the person is: at the choice, at one of the two, or signed out with the service told of it or not."""

    CHOICE = "choice"
    SIGN_OUT = "sign_out"
    ERASE = "erase"
    SIGNED_OUT = "signed_out"
    SIGNED_OUT_UNTOLD = "signed_out_untold"


@screen
def leaving_screen() -> ft.View:
    """The two choices; each is explained, and done only when it is asked for again."""
    step, choose = ft.use_state(Step.CHOICE)
    match step:
        case Step.CHOICE:
            shown = _choice(choose)
        case Step.SIGN_OUT:
            shown = _sign_out(choose)
        case Step.ERASE:
            shown = _erase(choose)
        case _:
            shown = _tell_signed_out(step)
    return modal_view(
        t("security.leaving.title"), page_column([shown], width=FORM_WIDTH, step=step), back=routes.SECURITY
    )


def _choice(choose: Choose) -> ft.Control:
    icons = {Step.SIGN_OUT: ft.Icons.LOGOUT_ROUNDED, Step.ERASE: ft.Icons.DELETE_FOREVER_OUTLINED}

    def row(step: Step) -> ft.Control:
        words = t(f"security.leaving.{step}"), t(f"security.leaving.{step}_hint")
        return way_row(*words, icons[step], lambda: choose(step))

    return card(ft.Column([row(step) for step in icons], spacing=4), padding=4)


@component
def _sign_out(choose: Choose) -> ft.Control:
    session = use_session()

    async def sign_out() -> None:
        try:
            await session.syncing.disconnect()
        except (Offline, Busy, Unreadable):
            if await session.syncing.account():
                raise
            choose(Step.SIGNED_OUT_UNTOLD)
        else:
            choose(Step.SIGNED_OUT)

    told = [body(t("security.leaving.sign_out_told")), unsent_card(Step.SIGN_OUT)]
    return _explained(Step.SIGN_OUT, told, use_confirmed(sign_out), choose)


@component
def _erase(choose: Choose) -> ft.Control:
    vault, store = use_carnets().vault, use_store()
    agreed, set_agreed = ft.use_state(False)

    async def erase() -> None:
        try:
            await vault.wipe()
        finally:
            if vault.state() is not VaultState.OPEN:  # locked before it was erased: drawn again for what it is now
                routes.go("/")
                store.close()
                store.notify()  # type: ignore[attr-defined]

    told = [
        body(t("security.leaving.erase_told")),
        body(t("security.leaving.erase_keeps")),
        unsent_card(Step.ERASE, local=True),
        consent(t("security.leaving.erase_agree"), set_agreed, given=agreed),
    ]
    return _explained(Step.ERASE, told, use_confirmed(erase), choose, allowed=agreed)


def _explained(
    step: Step, told: list[ft.Control], command: Command, choose: Choose, *, allowed: bool = True
) -> ft.Control:
    """What happens and what is lost, then the button that does it."""
    alarm = ft.ButtonStyle(bgcolor=ft.Colors.ERROR, color=ft.Colors.ON_ERROR) if step is Step.ERASE else None
    return ft.Column(
        [
            page_title(t(f"security.leaving.{step}")),
            *told,
            *other_error(command.error),
            ft.FilledButton(
                t(f"security.leaving.{step}_confirm"),
                on_click=command.run,
                disabled=command.running or not allowed,
                style=alarm if allowed else None,
            ),
            ft.TextButton(t("app.cancel"), on_click=lambda: choose(Step.CHOICE)),
        ],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _tell_signed_out(step: Step) -> ft.Control:
    untold = [muted(t("security.leaving.signed_out_untold"))] if step is Step.SIGNED_OUT_UNTOLD else []
    return ft.Column(
        [
            page_title(t("security.leaving.signed_out")),
            body(t("security.leaving.signed_out_told")),
            *untold,
            ft.FilledButton(t("security.done"), on_click=routes.way_to(routes.SETTINGS)),
        ],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
