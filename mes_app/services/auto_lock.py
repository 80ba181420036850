"""When the open vault locks by itself (control L1). Told what happens and asked what is due; it locks nothing itself.

A span of time is the larger of those of two clocks: one of them stops while some devices sleep, anybody sets the other.
"""

from typing import Literal, NamedTuple, get_args

from pydantic import ValidationError

from mes_app.domain.values import Frozen
from mes_app.services.clocks import Clock
from mes_app.store.database import Database
from mes_app.store.preferences import get_preference, put_preference

Idle = Literal[60, 300, 900, 1800]
Background = Literal[0, 30, 300]
IDLE_CHOICES: tuple[Idle, ...] = get_args(Idle)
BACKGROUND_CHOICES: tuple[Background, ...] = get_args(Background)
ABSENCE = 300.0
"""Seconds for which a picker, camera or share sheet may keep the person away."""
SET_BACK = 60.0
"""Seconds by which the wall clock may be corrected backwards before it looks like hiding time."""

_PREFERENCE = "lock_delays"


class LockDelays(Frozen):
    """Seconds without activity, and in the background, after which the vault locks."""

    idle: Idle = 300
    background: Background = 30


class _Moment(NamedTuple):
    uptime: float
    wall: float

    @property
    def shift(self) -> float:
        return self.wall - self.uptime

    def since(self, earlier: "_Moment") -> float:
        return max(self.uptime - earlier.uptime, self.wall - earlier.wall)


class AutoLock:
    """Decides when the open vault must be locked. Once that is due it stays due, until ``start`` or ``stop``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._delays: LockDelays | None = None
        self._active = self._read()
        self._left: _Moment | None = None
        self._excused: _Moment | None = None
        self._most_ahead = 0.0
        self._due = False

    def start(self, delays: LockDelays) -> None:
        """The vault has just been opened, or other delays chosen: count from now."""
        self._delays, self._active, self._due = delays, self._read(), False
        self._left = self._left and self._active
        self._most_ahead = self._active.shift

    def stop(self) -> None:
        """The vault is locked: nothing is due any more."""
        self._delays = self._excused = None

    def note_activity(self) -> None:
        """Somebody has just done something. Comes too late once locking is due."""
        if not self.is_due():
            self._active = self._read()
            self._excused = self._left and self._excused

    def expect_absence(self) -> None:
        """The app is about to open a picker, a camera, a share sheet or a call: up to 5 minutes away do not count.

        It ends when the person is back: with ``come_back``, or with the next activity if they never left.
        """
        self._excused = self._read()

    def leave(self) -> None:
        """The app went to the background, or its browser tab is gone. Told again while there, it changes nothing."""
        self._left = self._left or self._read()

    def come_back(self) -> None:
        """The app is in front again. Ask ``is_due`` then: coming back too late does not undo it."""
        self.is_due()
        self._left = None
        self.note_activity()

    def is_due(self) -> bool:
        """Whether the vault must be locked now."""
        return self.remaining() == 0

    def remaining(self) -> float | None:
        """Seconds until locking is due if nothing happens, 0 when it is; None while no vault is open."""
        if self._delays is None:
            return None
        now = self._read()
        until = self._count(self._delays, now)
        self._most_ahead = max(self._most_ahead, now.shift)
        self._due = self._due or until <= 0 or now.shift < self._most_ahead - SET_BACK
        return 0 if self._due else until

    def _count(self, delays: LockDelays, now: _Moment) -> float:
        until = delays.idle - now.since(self._active)
        if self._left:
            until = min(until, delays.background - now.since(self._left))
        if self._excused:
            until = max(until, ABSENCE - now.since(self._excused))
        return until

    def _read(self) -> _Moment:
        return _Moment(self._clock.uptime(), self._clock.wall())


class LockSettings:
    """The delays, kept in the vault: whoever holds the locked phone cannot lengthen them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self) -> LockDelays:
        """The delays chosen; the defaults where none were, or where what is kept is none of the choices."""
        try:
            return LockDelays.model_validate(await self._database.read(get_preference, _PREFERENCE, {}))
        except ValidationError:
            return LockDelays()

    async def save(self, delays: LockDelays) -> None:
        """Keep them."""
        await self._database.write(put_preference, _PREFERENCE, delays.model_dump())
