"""The jaws of a child by the numbers of the FDI (ISO 3950): which teeth there are, and where each stands.

When a tooth usually comes out is told nowhere: no open source says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import cos, hypot, pi, sin

from mes_app.domain.record import Kind
from mes_app.domain.sections.teeth import Tooth
from mes_app.domain.vocabularies import find_choice


class Dentition(StrEnum):
    """Which set of teeth."""

    MILK = "milk"
    PERMANENT = "permanent"


class ToothState(StrEnum):
    """Where a tooth stands, as far as it was noted."""

    UNKNOWN = "unknown"
    OUT = "out"
    FALLEN = "fallen"


QUARTERS = {Dentition.MILK: (5, 6, 7, 8), Dentition.PERMANENT: (1, 2, 3, 4)}
"""Above on the right of the child, above on the left, below on the left, below on the right."""

COUNTS = {Dentition.MILK: 5, Dentition.PERMANENT: 8}
_STEPS = 720


@dataclass(frozen=True)
class Jaw:
    """The teeth of one jaw, from the right of the child to the left, as somebody sees them who stands before it."""

    upper: bool
    teeth: tuple[str, ...]


def list_jaws(dentition: Dentition) -> tuple[Jaw, Jaw]:
    """The upper jaw, then the lower one."""
    right, left, lower_left, lower_right = QUARTERS[dentition]
    ranks = range(1, COUNTS[dentition] + 1)
    upper = [*(f"{right}{rank}" for rank in reversed(ranks)), *(f"{left}{rank}" for rank in ranks)]
    lower = [*(f"{lower_right}{rank}" for rank in reversed(ranks)), *(f"{lower_left}{rank}" for rank in ranks)]
    return Jaw(upper=True, teeth=tuple(upper)), Jaw(upper=False, teeth=tuple(lower))


def find_number(tooth: Tooth) -> str:
    """The FDI number of a tooth that is one of these; its words where it is none."""
    return find_choice(Kind.TEETH, "tooth", tooth.tooth)


def find_dentition(number: str) -> Dentition:
    """Of which set a tooth is."""
    return Dentition.MILK if number[:1] in "5678" else Dentition.PERMANENT


def find_state(teeth: Iterable[Tooth]) -> ToothState:
    """Where a tooth stands of which ``teeth`` are the records."""
    known = list(teeth)
    if any(tooth.until for tooth in known):
        return ToothState.FALLEN
    return ToothState.OUT if known else ToothState.UNKNOWN


@cache
def place_on_arch(count: int, width: float, height: float) -> tuple[tuple[float, float], ...]:
    """``count`` places evenly along half an ellipse that opens downwards, from the left to the right.

    Its ends are at (0, ``height``) and (``width``, ``height``), its top at height 0.
    """
    angles = [pi * step / _STEPS for step in range(_STEPS + 1)]
    arch = [(width / 2 * (1 - cos(angle)), height * (1 - sin(angle))) for angle in angles]
    lengths = [0.0]
    for (x, y), (next_x, next_y) in pairwise(arch):
        lengths.append(lengths[-1] + hypot(next_x - x, next_y - y))
    wanted = [lengths[-1] * rank / (count - 1) for rank in range(count)]
    return tuple(arch[min(range(_STEPS + 1), key=lambda step: abs(lengths[step] - far))] for far in wanted)
