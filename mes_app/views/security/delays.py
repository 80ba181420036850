"""After how long the vault locks by itself."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from mes_app.i18n import t
from mes_app.services.auto_lock import BACKGROUND_CHOICES, IDLE_CHOICES, LockDelays
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card, error_card
from mes_app.views.widgets.choices import choice_bar
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.texts import body, muted, section_title


@component
def delays_card() -> ft.Control:
    """Both delays; a choice holds at once and is kept."""
    settings, auto_lock = use_session().locking, use_carnets().auto_lock
    read = use_loaded(settings.read, [])

    async def change(delays: LockDelays) -> None:
        auto_lock.start(delays)  # first: the next thing that happens may be that the person leaves
        await settings.save(delays)
        read.reload()

    changing = use_command(change)
    controls = [
        section_title(t("lock_delays.title")),
        read.show(lambda delays: _choices(delays, changing), ft.Container),
        *([error_card(changing.error)] if changing.error else []),
    ]
    return card(ft.Column(controls, spacing=12))


@component
def _choices(delays: LockDelays, changing: Command) -> ft.Control:
    def choose(name: str, seconds: str) -> None:
        chosen = LockDelays.model_validate({**delays.model_dump(), name: int(seconds)})
        ft.context.page.run_task(changing.run, chosen)

    def bar(name: str, choices: Sequence[int], chosen: int) -> list[ft.Control]:
        words = {str(seconds): t(f"lock_delays.{name}_{seconds}") for seconds in choices}
        return [body(t(f"lock_delays.{name}")), choice_bar(words, str(chosen), partial(choose, name))]

    bars = [*bar("idle", IDLE_CHOICES, delays.idle), *bar("background", BACKGROUND_CHOICES, delays.background)]
    return ft.Column([*bars, muted(t("lock_delays.absence"))], spacing=12)
