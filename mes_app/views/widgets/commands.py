"""An action of the person as a value: it shows that it runs, shows how it failed, and cannot run twice at once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import flet as ft

from mes_app.errors import MesError


@dataclass(frozen=True)
class Command:
    """``run`` goes straight into ``on_click``. ``error`` is that of the last run, until the next one or ``clear``."""

    running: bool
    error: MesError | None
    run: Callable[..., Awaitable[None]]
    clear: Callable[[], None]

    def given(self, value: object) -> "Command":
        """The same, always given ``value``."""
        return replace(self, run=partial(self.run, value))


def use_command(action: Callable[..., Awaitable[Any]]) -> Command:
    """A command over ``action``, which takes what ``run`` was given less the event of Flet.

    A MesError becomes ``error``; any other exception is ours and goes to the error handler of the page.
    """
    running, set_running = ft.use_state(False)
    nothing: MesError | None = None
    error, set_error = ft.use_state(nothing)
    busy: ft.MutableRef[bool] = ft.use_ref(False)

    async def run(*given: object) -> None:
        if busy.current:
            return
        busy.current = True
        set_running(True)
        set_error(None)
        try:
            await action(*(value for value in given if not isinstance(value, ft.Event)))
        except MesError as failure:
            set_error(failure)
        finally:
            busy.current = False
            set_running(False)

    return Command(running=running, error=error, run=run, clear=lambda: set_error(None))
