"""How the app comes on screen: a native window where one can be had, else the browser, and never a wait without end."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import flet as ft
import httpx
import uvicorn

from mes_app.main import make_web_app
from mes_app.views.web import Door

ROOT = Path(__file__).parents[1]
ASSETS = str(ROOT / "assets")
ASK = "from mes_app.main import has_client; print(has_client(0.3))"


def ask_for_client(home: Path, **environment: str) -> str:
    """What a fresh process says of a native client, with nothing kept from before."""
    known = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    given = {**known, "HOME": str(home), "PYTHONPATH": str(ROOT), **environment}
    asked = subprocess.run(
        [sys.executable, "-c", ASK], env=given, capture_output=True, text=True, timeout=60, check=True
    )
    return asked.stdout.split()[-1]


def test_a_packaged_app_has_its_own_window(tmp_path: Path) -> None:
    assert ask_for_client(tmp_path, FLET_PLATFORM="android") == "True"


def test_without_a_display_the_browser_is_used(tmp_path: Path) -> None:
    assert ask_for_client(tmp_path) == "False"


def test_a_client_that_cannot_be_fetched_means_the_browser(tmp_path: Path) -> None:
    assert ask_for_client(tmp_path, DISPLAY=":99", FLET_CLIENT_URL="http://127.0.0.1:9/client.tar.gz") == "False"


def test_a_server_that_never_answers_is_not_waited_for(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/client.tar.gz"
        assert ask_for_client(tmp_path, DISPLAY=":99", FLET_CLIENT_URL=address) == "False"


def test_the_page_of_the_browser_mode_is_served_behind_the_door_only() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    door = Door(make_web_app(_show_nothing, ASSETS), port)
    server = uvicorn.Server(uvicorn.Config(door, log_level="critical", ws="websockets-sansio"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
            assert browser.get("/").status_code == 403
            assert browser.get(door.address, follow_redirects=True).text.startswith("<!DOCTYPE html>")
            assert browser.get("/fonts/AtkinsonNext-Regular.ttf").headers["cache-control"] == "no-store"
    finally:
        server.should_exit = True
        thread.join()


async def _show_nothing(_page: ft.Page) -> None:
    """An app without a screen."""
