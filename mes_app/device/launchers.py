"""How this computer opens a file with the app it has for it. Phones and browsers have ways of their own."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from mes_app.errors import NotAllowed, Reason
from mes_app.services.outside import Launch

PATIENCE = 5.0
"""Seconds in which a starter says that it knows no app; one that still runs is the app itself."""
_OURS = "MES_"
"""Our own settings, a PIN may be among them: no other program is given them."""


def find_launcher() -> Launch | None:
    """The way of this system; None where it has none."""
    if sys.platform == "win32":
        return _start_file
    if sys.platform == "darwin":
        return make_launcher("/usr/bin/open")
    found = shutil.which("xdg-open") if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") else None
    return make_launcher(found) if found else None


def make_launcher(command: str, patience: float = PATIENCE) -> Launch:
    """Open a file by ``command``. Raises NotAllowed(NO_APP) when it refuses."""

    def launch(path: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        null = subprocess.DEVNULL
        try:
            starter = subprocess.Popen(  # noqa: S603 - the system's own program, and a file of ours
                [command, str(path)], stdin=null, stdout=null, stderr=null, env=environment, start_new_session=True
            )
        except OSError as error:
            raise NotAllowed(Reason.NO_APP) from error
        try:
            refused = starter.wait(patience) != 0
        except subprocess.TimeoutExpired:
            threading.Thread(target=starter.wait, daemon=True).start()  # its end is waited for by nobody else
            return
        if refused:
            raise NotAllowed(Reason.NO_APP)

    return launch


def _start_file(path: Path) -> None:
    try:
        os.startfile(path)  # type: ignore[attr-defined, unused-ignore]  # noqa: S606 - there on Windows only
    except OSError as error:
        raise NotAllowed(Reason.NO_APP) from error
