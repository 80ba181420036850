"""Whether somebody uses the app, told to the auto-lock; and what happens on the screen when it is time to lock (L1).

What Flet 1.0.5 tells, and where. A phone: inactive (a system dialog, a call, the list of apps), hide, pause; then
restart, show, resume. A desktop: hide when minimised, inactive when another window has the keyboard, which is not
leaving. A browser: hide when the tab is not the one shown, inactive as on a desktop, disconnect and connect when it is
closed or loaded again. A device that sleeps may tell nothing: time is looked at before anything done is heeded.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import flet as ft

from mes_app.errors import MesError
from mes_app.views.state import AppState, keep_page
from mes_app.views.widgets.boundaries import log_failure

Pause = Callable[[float], Awaitable[None]]
Dispatch = Callable[[int, str, Any], Coroutine[Any, Any, None]]

STEP = 5.0
"""Seconds between two looks at the clocks at most: while a device sleeps, no timer of ours runs."""

_ACTS = frozenset(
    ("change", "click", "confirm_pop", "interaction_start", "key_down", "keyboard_event", "route_change", "scroll",
     "select", "submit", "view_pop")
)  # fmt: skip
_AWAY = (ft.AppLifecycleState.HIDE, ft.AppLifecycleState.PAUSE, ft.AppLifecycleState.DETACH)
_BACK = (ft.AppLifecycleState.SHOW, ft.AppLifecycleState.RESUME)


def follow_presence(page: ft.Page, app: AppState, draw: Callable[[], None], pause: Pause = asyncio.sleep) -> None:
    """From now on lock the vault of ``app`` when it is time, cover the screens of ``page`` while nobody uses them, and
    close them whenever the vault was locked, by whatever. ``draw`` draws the whole app anew.
    """
    presence = _Presence(page, app, draw, pause)
    unsubscribe = app.carnets.vault.subscribe(keep_page(presence.forget))

    async def close() -> None:
        watching.cancel()
        await app.carnets.vault.lock()
        unsubscribe()

    page.on_app_lifecycle_state_change = presence.follow
    page.on_disconnect = presence.leave
    page.on_connect = presence.connect
    page.on_close = close
    page.session.dispatch_event = presence.hear(page.session.dispatch_event)  # type: ignore[method-assign, assignment]
    watching = page.run_task(presence.watch)


@dataclass(frozen=True)
class _Presence:
    page: ft.Page
    app: AppState
    draw: Callable[[], None]
    pause: Pause

    def hear(self, dispatch: Dispatch) -> Dispatch:
        """``dispatch``, which is given all that the client tells: what a person does is noted on its way.

        What comes once it is time to lock does nothing but lock, as a press on what a device still showed at waking.
        """
        auto_lock = self.app.carnets.auto_lock

        async def pass_on(control_id: int, name: str, data: object) -> None:
            control = self.page.get_control(control_id)
            acted = name in _ACTS and not isinstance(control, ft.Connectivity)
            if acted and auto_lock.is_due():
                await self.lock()
                return
            if acted:
                auto_lock.note_activity()
            if name == "click" and getattr(control, "action", None):
                auto_lock.expect_absence()  # Flet's client has just opened a call or a picker by itself
            await dispatch(control_id, name, data)

        return pass_on

    async def watch(self) -> None:
        """Lock when it is time, for as long as the page lives."""
        while True:
            await self.lock_if_due()
            left = self.app.carnets.auto_lock.remaining()
            await self.pause(STEP if left is None else min(left, STEP))

    async def follow(self, event: ft.AppLifecycleStateChangeEvent) -> None:
        """Cover at once, uncover last: nothing shows again before it is known to be in time."""
        state, on_phone = event.state, self._is_on_phone()
        if state in _AWAY or (on_phone and state is ft.AppLifecycleState.INACTIVE):
            self.app.cover.drawn = True
        if state in _AWAY:
            await self.leave()
        if state in _BACK:
            await self.come_back()
        if state in _BACK and (state is ft.AppLifecycleState.RESUME or not on_phone):
            self.app.cover.drawn = False

    async def leave(self) -> None:
        """Nobody sees the app any more."""
        self.app.carnets.auto_lock.leave()
        await self.lock_if_due()

    async def come_back(self) -> None:
        """It is seen again: perhaps too late."""
        self.app.carnets.auto_lock.come_back()
        await self.lock_if_due()
        if session := self.app.store.session:
            session.schedule.note_foreground()

    async def connect(self) -> None:
        """The tab was loaded again, or its connection is back."""
        if isinstance(self.page.views, list):
            self.draw()
        await self.come_back()

    async def lock_if_due(self) -> None:
        """Lock when it is time to."""
        if self.app.carnets.auto_lock.is_due():
            await self.lock()

    async def lock(self) -> None:
        """Take the screens away at once, then close the vault."""
        self.forget()
        try:
            await self.app.carnets.vault.lock()
        except MesError as error:
            log_failure("lock", error)

    def forget(self) -> None:
        """Close the screens. Flet draws nothing while a tab is away and sends it what it had when it comes back: that
        must be nothing then.
        """
        self.app.forget()
        if self.page.session.connection is None:
            self.page.views = [ft.View(route="/")]
            self.page.update()

    def _is_on_phone(self) -> bool:
        return bool(not self.page.web and self.page.platform and self.page.platform.is_mobile())
