"""What one guess of a PIN or passphrase costs a thief, and so what one unlocking costs the owner: Argon2id, by numbers.

Costs stand in files that anyone may edit: those below the floor are refused wherever one is read.
"""

import time
from collections.abc import Callable
from typing import Annotated

import msgspec

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret

_AIM = 0.35
_MOST_MEMORY = 262_144


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """KiB of memory, passes, lanes. Least, and unless told otherwise: the floor; most: what a device bears."""

    m: Annotated[int, msgspec.Meta(ge=65_536, le=2_097_152)] = 65_536
    t: Annotated[int, msgspec.Meta(ge=3, le=64)] = 3
    p: Annotated[int, msgspec.Meta(ge=4, le=16)] = 4


FLOOR = Cost()


def stretch(secret: Secret, salt: bytes, cost: Cost) -> Secret:
    """A key made of ``secret`` at ``cost``; MemoryError where there is no room."""
    return primitives.derive_argon2id(secret, salt, memory_kib=cost.m, passes=cost.t, lanes=cost.p)


def calibrate_cost(read_time: Callable[[], float] = time.perf_counter) -> Cost:
    """The cost that takes this device about a third of a second, never below the floor. Takes one stretch at the floor.

    A quick device gives memory first, which a thief's graphics card has least of, then passes.
    """
    started = read_time()
    with primitives.make_secret() as secret:
        stretch(secret, primitives.make_bytes(primitives.SALT_SIZE), FLOOR).wipe()
    room = _AIM / max(read_time() - started, 0.001)
    memory = FLOOR.m
    while room >= 2 and memory < _MOST_MEMORY:
        memory, room = 2 * memory, room / 2
    return Cost(m=memory, t=min(max(FLOOR.t, int(FLOOR.t * room)), 64), p=FLOOR.p)
