"""The two clocks of the device. A person can set one of them, so nothing that protects relies on it alone."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """``uptime``: seconds since the device started, its sleep included; ``wall``: seconds of the date and time shown.

    ``uptime`` never goes back except to near zero when the device restarts; ``wall`` goes where anybody sets it.
    """

    uptime: Callable[[], float]
    wall: Callable[[], float]
