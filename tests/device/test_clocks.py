import time

from mes_app.device.clocks import make_clock


def test_l1_the_clock_counts_the_sleep_of_the_device_and_tells_the_date() -> None:
    clock = make_clock()
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert abs(clock.uptime() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 60
    first, second = clock.uptime(), clock.uptime()
    assert second >= first
    assert abs(clock.wall() - time.time()) < 60
