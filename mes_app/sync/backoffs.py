"""How long a change that failed waits before it is tried again: longer each time, and never as long as the others."""

from collections.abc import Callable
from secrets import SystemRandom

FIRST = 2.0
LONGEST = 15 * 60.0

Draw = Callable[[float, float], float]
draw_evenly: Draw = SystemRandom().uniform


def choose_delay(attempts: int, draw: Draw = draw_evenly) -> float:
    """Seconds to wait after ``attempts`` earlier failures, drawn between none and 2 s doubled each time, up to 15 min.

    Full jitter: devices that lost the same server must not come back to it together.
    """
    return draw(0.0, min(LONGEST, FIRST * 2 ** min(attempts, 30)))
