import pytest

from mes_app.sync.backoffs import choose_delay


@pytest.mark.parametrize(
    ("attempts", "longest"), [(0, 2.0), (1, 4.0), (3, 16.0), (8, 512.0), (9, 900.0), (10_000, 900.0)]
)
def test_the_wait_doubles_with_each_failure_up_to_a_quarter_of_an_hour(attempts: int, longest: float) -> None:
    assert choose_delay(attempts, lambda low, high: high) == longest
    assert choose_delay(attempts, lambda low, high: low) == 0


def test_two_devices_do_not_come_back_at_the_same_moment() -> None:
    delays = {choose_delay(9) for _ in range(20)}
    assert len(delays) > 1
    assert all(0 <= delay <= 900 for delay in delays)
