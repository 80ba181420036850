"""The clocks of this device behind the port that the services know."""

import time
from functools import partial

from mes_app.services.clocks import Clock


def make_clock() -> Clock:
    """The clock that counts the device's sleep too, where the system has one, and the date and time shown."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # Linux and Android; Apple's, which counts sleep as well
        if hasattr(time, name):
            return Clock(partial(time.clock_gettime, getattr(time, name)), time.time)
    return Clock(time.monotonic, time.time)
