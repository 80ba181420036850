"""A real Secret Service for tests: a private D-Bus session and gnome-keyring-daemon in a folder that goes.

What uses it runs as a child process with the environment given here, so that the tests' own never changes.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory

import pytest
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

_PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_PATIENCE = 10
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>
"""  # no <servicedir>: this bus starts no program by itself


@contextmanager
def run_secret_service(*, unlocked: bool = True) -> Iterator[dict[str, str]]:
    """The environment of child processes that shall find this Secret Service, ``unlocked`` or with no key ring yet."""
    if missing := [program for program in _PROGRAMS if not shutil.which(program)]:
        pytest.fail(f"make tools installs {' and '.join(missing)}")
    with TemporaryDirectory(prefix="secret-service-") as home, ExitStack() as running:
        environment = _make_environment(Path(home))
        environment["DBUS_SESSION_BUS_ADDRESS"] = running.enter_context(_run_bus(Path(home), environment))
        running.enter_context(_run_daemon(environment, unlocked=unlocked))
        yield environment


def _make_environment(home: Path) -> dict[str, str]:
    names = {"XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache"}
    for name in names.values():
        (home / name).mkdir(mode=0o700)
    (home / "data" / "keyrings").mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return kept | {variable: str(home / name) for variable, name in names.items()}


@contextmanager
def _run_bus(home: Path, environment: dict[str, str]) -> Iterator[str]:
    configuration = home / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(folder=home), "utf-8")
    command = ["dbus-daemon", "--nofork", "--print-address=1", f"--config-file={configuration}"]
    with _run(command, environment) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().decode().strip()


@contextmanager
def _run_daemon(environment: dict[str, str], *, unlocked: bool) -> Iterator[None]:
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *(["--unlock"] if unlocked else [])]
    with open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        arrivals = _watch_arrivals(connection)
        with connection.filter(arrivals) as seen, _run(command, environment) as daemon:
            assert daemon.stdin is not None
            daemon.stdin.write(b"test-login-password")  # no newline: it would be part of the password
            daemon.stdin.close()
            connection.recv_until_filtered(seen, timeout=_PATIENCE)
            yield


def _watch_arrivals(connection: DBusConnection) -> MatchRule:
    rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    rule.add_arg_condition(0, "org.freedesktop.secrets")
    Proxy(message_bus, connection).AddMatch(rule)
    return rule


@contextmanager
def _run(command: list[str], environment: dict[str, str]) -> Iterator[Popen[bytes]]:
    with Popen(command, env=environment, stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except TimeoutExpired:
                process.kill()
