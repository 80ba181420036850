"""What runs on the thread of the store; whole stories are told in test_emergency_cards."""

from pathlib import Path

from mes_app.domain.record import Kind
from mes_app.services.emergency_envelopes import Envelope
from mes_app.services.emergency_keeping import Keeper
from tests.memory_key_store import MemoryKeyStore
from tests.services.emergency_stories import ALL, Home, tell


def make_keeper(home: Home, db_id: str = "db-1") -> Keeper:
    return Keeper(Envelope(home.files.emergency, db_id, home.key_store))


def test_without_its_key_nothing_is_written_and_what_was_there_goes(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.database.read(make_keeper(home).rewrite)
        assert not home.files.emergency.exists()

    tell(tmp_path, MemoryKeyStore(), story)


def test_a_choice_belongs_to_the_vault_it_was_made_in(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        here, elsewhere = make_keeper(home), make_keeper(home, "db-2")
        await here.take_key()
        await home.database.write(here.put_choice, "mother", {Kind.ALLERGIES, Kind.CONDITIONS})
        assert await home.database.read(here.read_shown) == {"mother": {Kind.ALLERGIES}}
        assert await home.database.read(elsewhere.read_shown) == {}
        assert await home.database.read(elsewhere.has_leftovers)
        here.wipe_key()

    tell(tmp_path, MemoryKeyStore(), story)


def test_what_cannot_be_shown_or_is_of_nobody_here_counts_for_nothing(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        keeper = make_keeper(home)
        await home.database.write(keeper.put_choice, "mother", {Kind.CONDITIONS})
        await home.database.write(keeper.put_choice, "nobody", ALL)
        assert await home.database.read(keeper.read_shown) == {}
        await home.database.write(keeper.forget_choices)
        assert not await home.database.read(keeper.has_leftovers)

    tell(tmp_path, MemoryKeyStore(), story)
