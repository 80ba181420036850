"""Stories told before a closed vault, on an event loop whose time jumps: a wait of an hour takes none."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable

import flet as ft
from flet.controls.base_control import BaseControl

from mes_app.i18n import t
from mes_app.main import make_main
from mes_app.services.vault import SecretKind, VaultState
from mes_app.views.state import read_today
from tests.views import fakes
from tests.views.harness import App

Story = Callable[[App, fakes.FakeCarnets], Awaitable[None]]


class _Selector(selectors.DefaultSelector):
    """Waits for nothing but what really comes from outside; how long it did not wait is in ``skipped``."""

    skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0 if timeout else timeout)
        if timeout and not found:
            self.skipped += timeout
        return found


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = _Selector()
        super().__init__(self.selector)

    def time(self) -> float:
        return super().time() + self.selector.skipped


def tell(story: Story, carnets: fakes.FakeCarnets, *, width: int = 390) -> None:
    """Run ``story`` on the app around ``carnets``, as it starts."""

    async def run() -> None:
        async with App(make_main(lambda: carnets), width=width) as app:  # type: ignore[arg-type, return-value]
            await story(app, carnets)

    with asyncio.Runner(loop_factory=_Loop) as runner:
        runner.run(run())


def closed(state: VaultState = VaultState.LOCKED, *, kind: SecretKind = SecretKind.PIN) -> fakes.FakeCarnets:
    """The app before a vault in ``state``."""
    return fakes.make_carnets(fakes.make_session(read_today()), state, kind=kind)


async def wait(app: App, seconds: float) -> None:
    """Let time pass."""
    await asyncio.sleep(seconds)
    await app.settle()


async def press(app: App, words: str) -> None:
    """Press the innermost control that says ``words``."""
    found = [c for c in app.walk() if getattr(c, "on_click", None) and words in _words(app, c)]
    assert found, app.texts()
    await app.click(found[-1])


async def choose_pin(app: App, pin: str = fakes.PIN) -> None:
    """Answer the two questions of a new PIN."""
    for _ in range(2):
        await app.press_keys(pin)
        await press(app, t("app.continue"))


async def agree(app: App) -> None:
    """Tick the only box."""
    await app.fire(app.one(ft.Checkbox), "change", True, value=True)


def can_press(app: App, words: str) -> bool:
    """Whether something that is pressed says ``words``."""
    return any(words in _words(app, c) for c in app.walk() if getattr(c, "on_click", None))


def is_home(app: App) -> bool:
    """Whether the records show."""
    return t("home.synthesis") in app.texts()


async def go_back(app: App) -> None:
    """The back of the system, which asks a view that knows better where one goes."""
    view = app.all(ft.View)[-1]
    if view.can_pop is False:
        await app.fire(view, "confirm_pop")
    else:
        await app.fire(app.page, "view_pop", {"route": view.route})


def _words(app: App, control: BaseControl) -> list[object]:
    return [getattr(found, "content", None) or getattr(found, "value", None) for found in app.walk(control)]
