"""The app on a screen: in a native window, in a packaged app, or in the browser of this machine.

One process may serve several browser tabs: each gets its own ``Carnets``, and so its own keys. Nothing is kept here.
"""

import asyncio
import logging
import os
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable
from functools import partial
from typing import cast

import flet as ft

from mes_app import i18n
from mes_app.bootstrap import make_carnets
from mes_app.config import Config, read_config
from mes_app.device.logs import limit_logs
from mes_app.services.carnets import Carnets
from mes_app.services.turns import Turns
from mes_app.views.app import root
from mes_app.views.presence import Pause, follow_presence
from mes_app.views.state import AppState
from mes_app.views.theme import FONTS
from mes_app.views.web import App, Door
from mes_app.views.widgets.boundaries import forgive_late_answers, install_error_handler

CLIENT_TIMEOUT = 8.0
SESSION_SECONDS = 60
"""How long a closed browser tab keeps its session: long enough for a reload, too short to be found by another."""

_LOCALES = {"fr": ft.Locale("fr", "FR"), "en": ft.Locale("en", "GB")}
_log = logging.getLogger(__name__)

Show = Callable[[ft.Page], Awaitable[None]]


def run() -> None:
    """The entry of packaged apps and of ``python main.py``."""
    limit_logs()
    run_app(read_config())


def run_app(config: Config, *, web: bool = False, port: int = 0) -> int:
    """Show the app until it is closed; 0. ``web`` asks for the browser; ``port`` 0 takes a free one."""
    show, assets = make_main(partial(make_carnets, config, Turns())), str(config.assets)
    if web or not has_client():
        run_web(make_web_app(show, assets), port)
    else:
        ft.run(show, host="127.0.0.1", view=ft.AppView.FLET_APP, assets_dir=assets, no_cdn=True)
    return 0


def make_main(new_carnets: Callable[[], Carnets], pause: Pause = asyncio.sleep) -> Show:
    """What Flet calls for each window or browser tab: a new ``Carnets`` for each. ``pause`` waits between two looks."""

    async def main(page: ft.Page) -> None:
        carnets = new_carnets()
        app = AppState(carnets)
        app.ui.preferences = carnets.settings.read()
        i18n.use(app.ui.preferences.language)
        locale = _LOCALES[app.ui.preferences.language]
        page.title = i18n.t("app.name")
        page.locale_configuration = ft.LocaleConfiguration([locale], locale)
        page.fonts = FONTS
        page.on_resize = lambda event: app.ui.fit(event.width)
        app.ui.fit(page.width or 0)
        install_error_handler(page)
        forgive_late_answers(page)
        draw = partial(page.render_views, root, app, app.store, app.ui)
        follow_presence(page, app, draw, pause)
        draw()

    return main


def has_client(timeout: float = CLIENT_TIMEOUT) -> bool:
    """Whether a native window can be had: packaged, or Flet's client is here or can be fetched within ``timeout`` s.

    Never hangs and never raises: Flet's own download has neither a time limit nor a few errors of one kind.
    """
    if os.environ.get("FLET_PLATFORM") or os.environ.get("FLET_VIEW_PATH"):
        return True
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(timeout)
    try:
        import flet_desktop  # type: ignore[import-untyped]  # noqa: PLC0415 - absent where it is not needed

        flet_desktop.ensure_client_cached()
    except Exception as error:  # noqa: BLE001 - download, archive and disk errors all mean: use the browser
        _log.warning("no native client: %s", type(error).__name__)
        return False
    finally:
        socket.setdefaulttimeout(before)
    return True


def run_web(app: App, port: int = 0, *, open_browser: bool = True) -> None:
    """Serve ``app`` on 127.0.0.1 behind ``Door``, print the one address that opens it, until interrupted."""
    import uvicorn  # noqa: PLC0415 - only where flet-web is installed

    listener = socket.create_server(("127.0.0.1", port))
    door = Door(app, listener.getsockname()[1])
    print(i18n.t("app.open_address", address=door.address), flush=True)  # noqa: T201 - only the person's own terminal
    if open_browser:
        webbrowser.open(door.address)
    config = uvicorn.Config(door, log_level="warning", access_log=False, ws="websockets-sansio")
    uvicorn.Server(config).run(sockets=[listener])


def make_web_app(show: Show, assets: str) -> App:
    """The unguarded ASGI app of Flet, everything it needs served from this machine."""
    os.environ.setdefault("FLET_SESSION_TIMEOUT", str(SESSION_SECONDS))
    return cast(App, ft.run(show, export_asgi_app=True, no_cdn=True, assets_dir=assets))
