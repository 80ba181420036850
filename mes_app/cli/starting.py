"""Open the app, alone or on the demonstration backend."""

import argparse
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import platformdirs

from mes_app.cli.files import write_file
from mes_app.cli.terminal import Terminal
from mes_app.config import APP_NAME, Config, read_config
from mes_app.i18n import t

_PORT_FILE = "server-port"


def open_app(config: Config, arguments: argparse.Namespace) -> int:
    """A native window, or the browser where no native client can be had or ``--web`` asks for it."""
    from mes_app.main import run_app  # noqa: PLC0415 - the terminal works without Flet

    return run_app(config, web=arguments.web, port=arguments.port)


def run_demo(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """The app on an embedded backend with the demonstration family; exit code 2 in a build without the backend."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: the backend goes first
    folder = _demo_folder(arguments)
    command = [sys.executable, "-m", "mes_backend", "serve", "--demo", "--json", "--port", str(_choose_port(folder))]
    with _backend(command) as backend:
        listening = _next_event(backend, "listening")
        if listening is None:
            terminal.say(t("cli.no_backend"))
            return 2
        _keep_port(folder, listening["url"])
        _introduce(listening, terminal)
        threading.Thread(target=_tell_codes, args=(backend, terminal), daemon=True).start()
        if arguments.headless:
            return _wait(backend)
        user = listening["accounts"][0]["user"]
        return open_app(read_config(folder, server=listening["url"], user=user, demo=True), arguments)


@contextmanager
def _backend(command: list[str]) -> Iterator["subprocess.Popen[str]"]:
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield child
    finally:
        assert child.stdin  # noqa: S101 - opened as a pipe above
        child.stdin.close()
        child.wait(timeout=15)


def _next_event(backend: "subprocess.Popen[str]", name: str) -> dict[str, Any] | None:
    return next((event for event in _events(backend.stdout) if event.get("event") == name), None)


def _events(lines: IO[str] | None) -> Iterator[dict[str, Any]]:
    for line in lines or ():
        if line.startswith("{"):
            yield json.loads(line)


def _introduce(listening: dict[str, Any], terminal: Terminal) -> None:
    terminal.answer(listening, [t("cli.demo_server", url=listening["url"])])
    for account in listening.get("accounts", ()):
        terminal.say(t("cli.demo_account", user=account["user"], password=account["password"]))
    terminal.say(t("cli.demo_outbox", url=listening["url"]))


def _tell_codes(backend: "subprocess.Popen[str]", terminal: Terminal) -> None:
    for event in _events(backend.stdout):
        if event.get("event") == "code":
            terminal.say(t("cli.demo_code", user=event["user"], code=event["code"]))


def _wait(backend: "subprocess.Popen[str]") -> int:
    try:
        return backend.wait()
    except KeyboardInterrupt:
        return 0


def _choose_port(folder: Path) -> int:
    """The port of last time, so that the address kept in the vault stays true; 0, any, where it is not free."""
    try:
        port = int((folder / _PORT_FILE).read_text("ascii"))
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError, ValueError):
        return 0
    return port


def _keep_port(folder: Path, url: str) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(folder / _PORT_FILE, str(urlsplit(url).port).encode())


def _demo_folder(arguments: argparse.Namespace) -> Path:
    """Its own folder, so that the demonstration never touches a real vault."""
    return arguments.data or Path(platformdirs.user_data_dir(f"{APP_NAME}-demonstration", appauthor=False))
