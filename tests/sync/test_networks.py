from datetime import timedelta

from mes_app.sync.networks import read_clock


def test_the_clock_is_told_in_utc() -> None:
    assert read_clock().utcoffset() == timedelta(0)
