"""The memory of a first sync stays what a phone can spare."""

import sys

import pytest

from bench.peaks import LIMIT, measure_growth


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process")
def test_the_first_sync_of_ten_thousand_resources_stays_within_its_memory() -> None:
    assert measure_growth() < LIMIT
