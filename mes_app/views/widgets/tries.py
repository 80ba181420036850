"""What wrong tries have led to: how long the next one waits, counted down, and how many are left of a PIN."""

import asyncio
from math import ceil

import flet as ft

from mes_app.errors import MesError
from mes_app.i18n import t
from mes_app.services.attempts import LIMIT, Tries
from mes_app.services.vault import SecretKind, Vault
from mes_app.views.theme import SEMIBOLD
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.texts import announced, body

FEW = 5
"""Tries left from which on they are told."""

_NONE = Tries(wrong=0, wait=0)
_MINUTE, _STEP = 60, 10


def use_tries(vault: Vault, last_error: MesError | None) -> Tries:
    """How the tries stand: read now, after each error, and each second of a wait.

    The vault counts, not this screen: closing the app, or putting the device to sleep, neither shortens nor adds.
    """
    tries, set_tries = ft.use_state(_NONE)

    async def follow() -> None:
        while True:
            try:
                found = await vault.look_at_tries()
            except MesError:  # what is wrong with the key store or the files is told by the try itself
                found = _NONE
            set_tries(found)
            if not found.wait:
                return
            await asyncio.sleep(1)

    ft.use_effect(follow, [last_error], cleanup=lambda: None)
    return tries


def wait_card(seconds: int) -> ft.Control:
    """How long the next try waits; read aloud each minute, at the end every ten seconds."""
    colour = ft.Colors.ON_TERTIARY_CONTAINER
    texts = ft.Column(
        [
            ft.Text(
                t("lock.wait", left=_write_wait(seconds)),
                theme_style=ft.TextThemeStyle.TITLE_MEDIUM,
                font_family=SEMIBOLD,
                color=colour,
            ),
            ft.Text(t("errors.locked.tries_spaced.what"), theme_style=ft.TextThemeStyle.BODY_LARGE, color=colour),
        ],
        spacing=8,
        expand=True,
    )
    sign = ft.Icon(ft.Icons.HOURGLASS_TOP_ROUNDED, color=colour)
    row = ft.Row([sign, texts], spacing=12, vertical_alignment=ft.CrossAxisAlignment.START)
    shown = card(row, bgcolor=ft.Colors.TERTIARY_CONTAINER)
    return announced(shown, label=_say_wait(seconds))


def tell_tries_left(kind: SecretKind, tries: Tries, *, recovery: bool) -> list[ft.Control]:
    """How many tries are left once they are few, and what follows the last one; nothing for a passphrase."""
    left = LIMIT - tries.wrong
    if kind is SecretKind.PASSPHRASE or not 0 < left <= FEW:
        return []
    after = t("lock.then_recovery" if recovery else "lock.then_no_recovery")
    told = body(f"{t('lock.tries_left', count=left)} {after}", align=ft.TextAlign.CENTER)
    return [announced(told)]


def _write_wait(seconds: int) -> str:
    minutes, rest = divmod(seconds, _MINUTE)
    return t("lock.minutes_seconds", minutes=minutes, seconds=rest) if minutes else t("lock.seconds", seconds=rest)


def _say_wait(seconds: int) -> str:
    told = (
        t("lock.say_minutes", count=ceil(seconds / _MINUTE))
        if seconds > _MINUTE
        else t("lock.say_seconds", count=ceil(seconds / _STEP) * _STEP)
    )
    return f"{t('lock.wait', left=told)} {t('errors.locked.tries_spaced.what')}"
