"""What the process owes its secrets: no core dump, no look from other programs of the user, private files.

Done once, by bootstrap, before anything secret exists. No protection against root, a debugger or hibernation.
"""

import ctypes
import os
import sys

_OWNER_ONLY = 0o077
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4


def harden_process() -> None:
    """Forbid core dumps and reading this process's memory where the system can; new files are for this user only."""
    os.umask(_OWNER_ONLY)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform in ("linux", "android"):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def read_hardening() -> dict[str, bool]:
    """Whether each measure holds, among "new_files", "core_dumps" and "memory" those that this system has."""
    measures: dict[str, bool] = {}
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - absent on Windows

        measures["new_files"] = os.umask(_OWNER_ONLY) == _OWNER_ONLY  # the system tells it only to who sets it
        measures["core_dumps"] = resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    if sys.platform in ("linux", "android"):
        measures["memory"] = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    return measures
