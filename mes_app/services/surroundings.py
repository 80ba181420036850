"""What the vault needs of the device and of the process around it."""

from collections.abc import Callable
from dataclasses import dataclass

from mes_app.services.clocks import Clock
from mes_app.services.freshness import Freshness
from mes_app.services.turns import Turns


@dataclass(frozen=True)
class Surroundings:
    """``turns`` is one for the process; ``release_memory`` gives back to the system what was freed."""

    clock: Clock
    turns: Turns
    freshness: Freshness
    release_memory: Callable[[], None]
