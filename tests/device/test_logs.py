import subprocess
import sys

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
