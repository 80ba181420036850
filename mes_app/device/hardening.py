"""What the process owes its secrets: no core dump, no look from other programs of the user, private files.

Called once, by bootstrap, before anything secret exists. No protection against root, a debugger or hibernation.
"""

import ctypes
import os
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Forbid core dumps and reading this process's memory where the system can; new files are for this user only."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform in ("linux", "android"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
