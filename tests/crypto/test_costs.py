from collections.abc import Callable
from itertools import accumulate, chain, repeat

import msgspec
import pytest

from mes_app.crypto import primitives
from mes_app.crypto.costs import FLOOR, Cost, calibrate_cost, stretch
from tests.crypto.key_samples import hold


def make_clock(seconds: float) -> Callable[[], float]:
    """A clock that shows ``seconds`` more at each reading."""
    readings = accumulate(chain([1000.0], repeat(seconds)))
    return lambda: next(readings)


def test_s6_the_floor_is_the_one_of_the_standard() -> None:
    """RFC 9106, second recommended option."""
    assert Cost(m=64 * 1024, t=3, p=4) == FLOOR


def test_stretching_is_argon2id_at_the_cost_told() -> None:
    cost = Cost(m=65_537, t=4, p=5)
    told = primitives.derive_argon2id(hold(b"secret"), bytes(16), memory_kib=65_537, passes=4, lanes=5)
    assert stretch(hold(b"secret"), bytes(16), cost).view() == told.view()


@pytest.mark.parametrize(
    ("floor_takes", "expected"),
    [
        (30.0, FLOOR),
        (0.5, FLOOR),
        (0.3, FLOOR),
        (0.2, Cost(m=65_536, t=5)),
        (0.12, Cost(m=131_072, t=4)),
        (0.09, Cost(m=131_072, t=5)),
        (0.04, Cost(m=262_144, t=6)),
        (0.0, Cost(m=262_144, t=64)),
    ],
)
def test_s6_the_cost_grows_with_the_speed_of_the_device_and_never_falls_below_the_floor(
    floor_takes: float, expected: Cost
) -> None:
    cost = calibrate_cost(make_clock(floor_takes))
    assert cost == expected
    assert cost.m >= FLOOR.m
    assert cost.t >= FLOOR.t
    assert cost.p >= FLOOR.p


@pytest.mark.parametrize("milliseconds", [15, 65, 110, 180, 262, 300])
def test_s6_an_unlocking_takes_a_quarter_to_half_a_second_whatever_the_device(milliseconds: int) -> None:
    cost = calibrate_cost(make_clock(milliseconds / 1000))
    assert 250 <= milliseconds * (cost.m * cost.t) / (FLOOR.m * FLOOR.t) <= 500


def test_s6_every_calibrated_cost_can_be_read_back() -> None:
    cost = calibrate_cost(make_clock(0.0))
    assert msgspec.json.decode(msgspec.json.encode(cost), type=Cost) == cost
