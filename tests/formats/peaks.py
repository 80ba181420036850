"""How much memory a program had at its worst."""

import re
import resource
from pathlib import Path


def read_peak() -> int:
    """The most bytes this program had; what the one that started it had counts in ``ru_maxrss``, not here."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
    assert found
    return int(found[1]) * 1024
