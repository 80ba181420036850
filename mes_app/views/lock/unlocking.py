"""The lock: asks the secret, shows no name. What opens it is decided by the vault."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

import flet as ft

from mes_app.errors import MesError, NotAllowed
from mes_app.i18n import t
from mes_app.views.lock.state import Closed, Step
from mes_app.views.state import use_carnets, use_cover, use_store
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import Command, use_command
from mes_app.views.widgets.entrance import entrance_view
from mes_app.views.widgets.secret_questions import use_secret_question


@screen
def unlock_screen(closed: Closed) -> ft.View:
    """Asks the PIN or passphrase and opens the session; below, what can be done without."""
    carnets = use_carnets()
    biometrics, failure = _use_biometrics()
    asked = _use_unlock(covered=bool(closed.path), failed=failure)
    emergency = ft.OutlinedButton(
        t("lock.emergency"),
        icon=ft.Icons.EMERGENCY_OUTLINED,
        on_click=lambda: closed.proceed(Step.EMERGENCY),
    )
    finger = ft.OutlinedButton(
        t("lock.biometrics"),
        icon=ft.Icons.FINGERPRINT_ROUNDED,
        on_click=biometrics.run,
        disabled=biometrics.running,
    )
    kind = carnets.vault.secret_kind()
    others = [
        *([finger] if carnets.vault.has_biometrics() else []),
        *([emergency] if carnets.emergency.is_on() else []),
        ft.TextButton(t(f"lock.forgotten_{kind}"), on_click=lambda: closed.proceed(Step.FORGOTTEN)),
    ]
    return _lock_view("/verrou", [*asked, *others])


@screen
def try_again_screen(closed: Closed) -> ft.View:
    """Asks the same once more, when the key store may answer by now."""
    return _lock_view(Step.UNLOCK, _use_unlock(), on_back=closed.go_back)


def _lock_view(route: str, controls: list[ft.Control], on_back: Callable[[], None] | None = None) -> ft.View:
    kind = use_carnets().vault.secret_kind()
    hint = t(f"lock.hint_{kind}")
    return entrance_view(route, ft.Icons.LOCK_OUTLINE_ROUNDED, t("lock.title"), hint, controls, on_back=on_back)


def _use_unlock(*, covered: bool = False, failed: MesError | None = None) -> list[ft.Control]:
    """What asks the secret and opens, waiting where it must. ``failed``: how another way in failed.

    ``covered``: another screen lies above, which has the keyboard.
    """
    vault, store = use_carnets().vault, use_store()

    async def unlock(secret: str) -> None:
        try:
            store.open(await vault.unlock(secret))
        finally:
            store.notify()  # type: ignore[attr-defined]  # a failure may have changed the state of the vault

    return use_secret_question(vault, t("lock.unlock"), use_command(unlock), covered=covered, failed=failed)


def _use_biometrics() -> tuple[Command, MesError | None]:
    """Opens by finger or face, asked once by itself when the app is started; and how that failed."""
    vault, store = use_carnets().vault, use_store()

    async def unlock() -> None:
        try:
            store.open(await vault.unlock_by_biometrics())
        finally:
            store.notify()  # type: ignore[attr-defined]  # as below

    async def greet() -> None:
        with suppress(NotAllowed):  # put away: the person prefers the secret, which is asked below
            await unlock()

    pressing, greeting = use_command(unlock), use_command(greet)
    _use_greeting(greeting.run if vault.has_biometrics() else None)
    return pressing, pressing.error or greeting.error


def _use_greeting(greet: Callable[[], Awaitable[None]] | None) -> None:
    """``greet`` once, when the app is started or comes back to the front; not when it was just locked by hand."""
    covered, opened = use_cover().drawn, use_store().opened
    wanted: ft.MutableRef[bool] = ft.use_ref(not opened)
    asked: ft.MutableRef[bool] = ft.use_ref(False)

    def meet() -> None:
        if covered:
            wanted.current = True
        elif wanted.current and greet and not asked.current:
            asked.current = True
            ft.context.page.run_task(greet)

    ft.use_effect(meet, [covered])
