"""Opening a file with another program, which is a script here."""

import os
import sys
from pathlib import Path

import pytest

from mes_app.device.launchers import find_launcher, make_launcher
from mes_app.errors import NotAllowed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are of a POSIX shell")


def write_script(folder: Path, text: str) -> str:
    script = folder / "open"
    script.write_text(f"#!/bin/sh\n{text}\n")
    script.chmod(0o700)
    return str(script)


def test_the_program_is_given_the_file_and_none_of_our_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MES_PIN", "271828")
    seen = tmp_path / "seen"
    make_launcher(write_script(tmp_path, f'echo "$1 [$MES_PIN]" > {seen}'))(tmp_path / "document.pdf")
    assert seen.read_text() == f"{tmp_path / 'document.pdf'} []\n"


@pytest.mark.parametrize("command", ["exit 3", None])
def test_a_program_that_refuses_or_is_not_there_says_so(tmp_path: Path, command: str | None) -> None:
    launch = make_launcher(write_script(tmp_path, command) if command else str(tmp_path / "absent"))
    with pytest.raises(NotAllowed):
        launch(tmp_path / "document.pdf")


def test_a_program_that_stays_is_not_waited_for(tmp_path: Path) -> None:
    """It reads of one pipe until the launch is over, then writes into the other."""
    asked, told = tmp_path / "asked", tmp_path / "told"
    for pipe in (asked, told):
        os.mkfifo(pipe)
    make_launcher(write_script(tmp_path, f'line=$(cat {asked}); printf "$line" > {told}'), patience=0.01)(
        tmp_path / "document.pdf"
    )
    asked.write_text("still here")
    assert told.read_text() == "still here"


def test_without_a_screen_there_is_no_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert find_launcher() is None
