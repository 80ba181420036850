import asyncio
from pathlib import Path

import pytest

from mes_app.services.attempts import DELAYS, Attempts, FileShelf, Shelf, Tries, find_delay
from tests.memory_key_store import MemoryKeyStore
from tests.services.vault_stories import Hands


@pytest.fixture
def hands() -> Hands:
    return Hands()


def look(shelf: Shelf, hands: Hands) -> Tries:
    """As a new start of the app sees it."""
    return asyncio.run(Attempts(shelf, "attempts-pin:db-1", hands.clock()).look())


def count(shelf: Shelf, hands: Hands, wrong: int) -> None:
    asyncio.run(Attempts(shelf, "attempts-pin:db-1", hands.clock()).count(wrong))


@pytest.fixture(params=["key store", "file"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return MemoryKeyStore() if request.param == "key store" else FileShelf(tmp_path)


def test_l2_delays_grow_as_decided() -> None:
    assert [find_delay(wrong) // 60 for wrong in range(1, 10)] == [0, 0, 0, 1, 5, 15, 60, 60, 60]
    assert find_delay(0) == 0


def test_l2_a_count_and_its_delay_survive_a_restart_of_the_app(shelf: Shelf, hands: Hands) -> None:
    assert look(shelf, hands) == Tries(0, 0)
    count(shelf, hands, 5)
    hands.pass_by(60)
    assert look(shelf, hands) == Tries(5, 240)
    hands.pass_by(240)
    assert look(shelf, hands) == Tries(5, 0)


def test_l2_no_wall_clock_shortens_a_delay(shelf: Shelf, hands: Hands) -> None:
    count(shelf, hands, 7)
    for moved in (86_400, -86_400):
        hands.wall += moved
        assert look(shelf, hands) == Tries(7, DELAYS[-1])


def test_l2_a_restart_of_the_device_begins_the_delay_anew(shelf: Shelf, hands: Hands) -> None:
    count(shelf, hands, 6)
    hands.pass_by(890)
    hands.uptime = 30
    assert look(shelf, hands) == Tries(6, 870)


def test_a_right_try_clears_the_count(shelf: Shelf, hands: Hands) -> None:
    count(shelf, hands, 3)
    asyncio.run(Attempts(shelf, "attempts-pin:db-1", hands.clock()).clear())
    assert look(shelf, hands) == Tries(0, 0)


def test_a_count_that_cannot_be_read_counts_for_none(shelf: Shelf, hands: Hands) -> None:
    asyncio.run(shelf.put("attempts-pin:db-1", b"\0not a count"))
    assert look(shelf, hands) == Tries(0, 0)


def test_s11_a_count_in_a_file_is_private_and_named_after_no_one(tmp_path: Path, hands: Hands) -> None:
    count(FileShelf(tmp_path), hands, 1)
    [path] = tmp_path.iterdir()
    assert path.name == "attempts-pin-db-1"
    assert path.stat().st_mode & 0o777 == 0o600
