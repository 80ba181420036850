import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE

import pytest

START = """
import logging, threading
from mes_app.device.logs import limit_logs
logging.basicConfig(level=logging.DEBUG)
limit_logs()
def fail():
    try:
        raise KeyError("Camille")
    except KeyError as error:
        raise ValueError("Martin") from error
"""


def hear(program: str) -> str:
    """What a process says on its standard error."""
    return subprocess.run([sys.executable, "-c", START + program], capture_output=True, text=True, check=False).stderr


def test_s12_libraries_are_heard_and_not_quoted() -> None:
    said = hear("logging.getLogger('httpx').info('GET %s', 'Camille'); logging.getLogger('flet.x').error('Camille')")
    assert "INFO:httpx:" in said
    assert "ERROR:flet.x:" in said
    assert "Camille" not in said


def test_our_own_words_are_logged_with_their_facts() -> None:
    assert "3 pages" in hear("logging.getLogger('mes_app.sync').info('%d pages', 3)")


@pytest.mark.parametrize(
    "program",
    [
        "try: fail()\nexcept ValueError: logging.getLogger('mes_app').exception('oops')",
        "try: fail()\nexcept ValueError: logging.getLogger('asyncio').error('oops', exc_info=True)",
        "fail()",
        "thread = threading.Thread(target=fail); thread.start(); thread.join()",
    ],
    ids=["ours", "of a library", "uncaught", "uncaught in a thread"],
)
def test_s12_an_exception_tells_where_and_what_kind_and_not_its_text(program: str) -> None:
    said = hear(program)
    assert "in fail" in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "Camille" not in said
    assert "Martin" not in said


SPY = """
import logging, runpy, sys
early = []
class Spy(logging.LogRecord):
    def __init__(self, name, *facts, **more):
        super().__init__(name, *facts, **more)
        early.append(name)
logging.setLogRecordFactory(Spy)
logging.basicConfig(level=logging.DEBUG)
try:
    {entry}
except (SystemExit, KeyboardInterrupt):
    pass
from mes_app.device.logs import are_logs_limited
print("early", early, are_logs_limited())
"""
ENTRIES = {
    "mes-app": "from mes_app.cli import main; main(['doctor'])",
    "python -m mes_app": "sys.argv[1:] = ['doctor']; runpy.run_module('mes_app', run_name='__main__')",
    "main.py": "runpy.run_path('main.py', run_name='__main__')",
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_s12_every_entry_limits_logs_before_anything_is_logged(entry: str, tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
    shown = {name: value for name, value in os.environ.items() if name not in hidden}
    environment = shown | {"MES_DATA": str(tmp_path), "BROWSER": "true"}
    command = [sys.executable, "-u", "-c", SPY.format(entry=ENTRIES[entry])]
    with subprocess.Popen(command, env=environment, stdout=PIPE, stderr=DEVNULL, text=True) as process:
        assert process.stdout
        said = process.stdout.readline()
        if entry == "main.py":  # on screen until it is closed
            process.send_signal(signal.SIGINT)
        said += process.stdout.read()
    assert "early [] True" in said
