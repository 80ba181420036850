"""How long ago the person proved to be the owner: what cannot be undone asks for it again (control L4)."""

import math

from mes_app.errors import Locked, Reason
from mes_app.services.clocks import Clock

LASTS = 120.0


class Freshness:
    """Noted by the vault at each secret that opened it; required by backup, wipe, sign-out and other grave acts."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: float | None = None

    def note(self) -> None:
        """The person has just proved to be the owner: good for 2 minutes."""
        self._until = self._clock.uptime() + LASTS

    def waive(self) -> None:
        """Nothing here belongs to anybody: a demonstration."""
        self._until = math.inf

    def forget(self) -> None:
        """From now on it must be proved again."""
        self._until = None

    def require(self) -> None:
        """Raise Locked(CONFIRM_SECRET) unless it was proved within the last 2 minutes."""
        if self._until is None or self._clock.uptime() > self._until:
            raise Locked(Reason.CONFIRM_SECRET)
