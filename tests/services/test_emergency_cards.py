"""The cards over a real SQLCipher store: off at first, true at every commit, gone with the right to show them."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

import pytest

from mes_app.crypto.keys import name_emergency_key, new_key_file, write_keys
from mes_app.domain.people import ProfileState
from mes_app.domain.record import Kind
from mes_app.errors import Reason, Unreadable
from mes_app.services.emergency_cards import EmergencyCards, EmergencyChoices
from mes_app.services.vault_files import VaultFiles, read_salt
from mes_app.store.database import Connection, Database
from mes_app.store.profiles import purge_profile, save_profile
from mes_app.store.records import remove_records
from mes_app.sync.conflicts import merge_versions
from tests.memory_key_store import MemoryKeyStore
from tests.security.leaks import find_leaks
from tests.services.emergency_stories import ALL, DAUGHTER, MOTHER, TYPES, Home, canary, save_record, tell

P = ParamSpec("P")
T = TypeVar("T")
KEY_NAME = name_emergency_key("db-1")


def test_nothing_is_shown_until_somebody_chooses(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.change("mother", Kind.ALLERGIES, "2")
        assert not home.cards.is_on()
        assert await home.cards.read() == []
        assert await home.choices.read("mother") == frozenset()
        assert home.choices.available
        assert not home.files.emergency.exists()
        assert key_store.items == {}

    tell(tmp_path, key_store, story)


def test_what_was_chosen_is_read_without_opening_the_vault(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("daughter", frozenset({Kind.ALLERGIES, Kind.CONTACTS}))
        await home.choices.choose("mother", frozenset({Kind.BLOOD_GROUP}))
        await home.close()
        cards = await home.cards.read()
        assert [(card.profile.name, [section.kind for section in card.sections]) for card in cards] == [
            (MOTHER.name, [Kind.BLOOD_GROUP]),
            (DAUGHTER.name, [Kind.ALLERGIES, Kind.CONTACTS]),
        ]

    tell(tmp_path, MemoryKeyStore(), story)


def test_what_cannot_be_chosen_is_never_shown(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.CONDITIONS, Kind.ALLERGIES}))
        assert await home.choices.read("mother") == {Kind.ALLERGIES}

    tell(tmp_path, MemoryKeyStore(), story)


def test_a_change_to_what_is_shown_is_in_the_card_when_it_is_committed(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        await home.change("mother", Kind.ALLERGIES, "2", "noix de cajou")
        words = await home.read_words()
        assert "noix de cajou" in words
        assert canary("mother", Kind.ALLERGIES) not in words
        await home.database.write(
            remove_records, "mother", [("AllergyIntolerance", "mother-allergies")], merge=merge_versions
        )
        assert "noix de cajou" not in await home.read_words()
        await home.database.write(save_profile, MOTHER.model_copy(update={"name": "Anaïs Nouvelle"}))
        assert "Anaïs Nouvelle" in await home.read_words()

    tell(tmp_path, MemoryKeyStore(), story)


def test_to_declare_nothing_is_in_the_card_too(tmp_path: Path) -> None:
    nothing = {
        "resourceType": "List",
        "id": "n",
        "status": "current",
        "mode": "snapshot",
        "date": "2026-03-01",
        "subject": {"reference": "Patient/mother"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "48765-2"}]},
        "emptyReason": {"coding": [{"code": "nilknown"}]},
    }

    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        await home.database.write(
            remove_records, "mother", [("AllergyIntolerance", "mother-allergies")], merge=merge_versions
        )
        assert not (await home.cards.read())[0].sections[0].nothing_declared
        await home.database.write(save_record, "mother", nothing)
        assert (await home.cards.read())[0].sections[0].nothing_declared

    tell(tmp_path, MemoryKeyStore(), story)


def test_a_change_to_what_is_not_shown_leaves_the_envelope_alone(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        sealed = home.files.emergency.read_bytes()
        await home.change("mother", Kind.TREATMENTS, "2")
        await home.change("daughter", Kind.ALLERGIES, "2")
        assert home.files.emergency.read_bytes() == sealed
        await home.change("mother", Kind.ALLERGIES, "2")
        assert home.files.emergency.read_bytes() != sealed

    tell(tmp_path, MemoryKeyStore(), story)


def test_l6_a_record_that_is_withheld_leaves_the_card_with_the_commit(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("daughter", ALL)
        label = {"code": "INVISIBLE_PATIENT"}
        meta = {"versionId": "2", "security": [label]}
        await home.change("daughter", Kind.TREATMENTS, "2", securityLabel=[{"coding": [label]}], meta=meta)
        words = await home.read_words()
        assert canary("daughter", Kind.TREATMENTS) not in words
        assert canary("daughter", Kind.ALLERGIES) in words

    tell(tmp_path, MemoryKeyStore(), story)


@pytest.mark.parametrize("gone", [False, True])
def test_l6_the_card_of_somebody_whose_records_were_lost_goes_with_the_commit(tmp_path: Path, *, gone: bool) -> None:
    key_store = MemoryKeyStore()

    async def lose(home: Home) -> None:
        if gone:
            await home.database.write(purge_profile, "daughter")
        else:
            await home.database.write(save_profile, DAUGHTER.model_copy(update={"state": ProfileState.HIDDEN}))

    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        await home.choices.choose("daughter", ALL)
        await lose(home)
        assert [card.profile.name for card in await home.cards.read()] == [MOTHER.name]
        await home.choices.choose("mother", frozenset())
        assert not home.cards.is_on()
        await home.close()
        await home.open()
        assert (KEY_NAME in key_store.items) is not gone
        assert not home.cards.is_on()

    tell(tmp_path, key_store, story)


def test_with_the_last_choice_the_file_and_the_key_go(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.choices.choose("daughter", ALL)
        first = key_store.items[KEY_NAME]
        await home.choices.choose("mother", frozenset())
        assert [card.profile.name for card in await home.cards.read()] == [DAUGHTER.name]
        await home.choices.choose("daughter", frozenset())
        assert key_store.items == {}
        assert not home.files.emergency.exists()
        await home.choices.choose("daughter", ALL)
        assert key_store.items[KEY_NAME] != first
        assert len(await home.cards.read()) == 1

    tell(tmp_path, key_store, story)


def test_what_is_turned_off_while_the_key_store_is_silent_goes_at_once_and_its_key_when_the_vault_opens(
    tmp_path: Path,
) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        key_store.silent = True
        await home.choices.choose("mother", frozenset())
        assert not home.files.emergency.exists()
        await home.close()
        await home.open()
        key_store.silent = False
        assert KEY_NAME in key_store.items
        for _ in range(2):
            await home.close()
            await home.open()
            assert key_store.items == {}

    tell(tmp_path, key_store, story)


def test_a_change_that_is_undone_leaves_the_choice_and_the_card_as_they_were(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.BLOOD_GROUP}))
        home.files.emergency.rename(home.files.folder / "aside")
        home.files.emergency.mkdir()  # a place that the disk refuses to give
        with pytest.raises(Unreadable):
            await home.change("mother", Kind.BLOOD_GROUP, "2", "B Rh-")
        home.files.emergency.rmdir()
        (home.files.folder / "aside").rename(home.files.emergency)
        assert canary("mother", Kind.BLOOD_GROUP) in await home.read_words()
        preview = await home.choices.preview("mother", ALL)
        assert "B Rh-" not in repr(preview)

    tell(tmp_path, MemoryKeyStore(), story)


class FullDatabase(Database):
    """Finds the disk full at the very end of each change, when ``full``."""

    full = False

    async def write(self, change: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def fill(con: Connection) -> T:
            result = change(con, *args, **kwargs)
            if self.full:
                raise Unreadable(Reason.DISK_FULL)
            return result

        return await super().write(fill)


def test_a_choice_that_could_not_be_kept_is_not_shown(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.BLOOD_GROUP}))
        await home.close()
        database = cast(FullDatabase, await FullDatabase.open(home.files.database, home.data_key()))
        choices = await EmergencyChoices.open(database, home.cards)
        database.full = True
        for pid, kinds in (("daughter", ALL), ("mother", ALL), ("mother", frozenset[Kind]())):
            with pytest.raises(Unreadable):
                await choices.choose(pid, kinds)
            (card,) = await home.cards.read()
            assert (card.profile.name, [section.kind for section in card.sections]) == (MOTHER.name, [Kind.BLOOD_GROUP])
        await database.close()
        choices.close()

    tell(tmp_path, MemoryKeyStore(), story)


def test_a_kill_between_the_envelope_and_the_commit_is_healed_when_the_vault_opens(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        await home.close()
        (tmp_path / "key").write_bytes(key_store.items[KEY_NAME])
        killed = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-c", KILLED, str(tmp_path)], capture_output=True, check=False
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert "noix de cajou" in await home.read_words()
        await home.open()
        words = await home.read_words()
        assert "noix de cajou" not in words
        assert canary("mother", Kind.ALLERGIES) in words

    tell(tmp_path, key_store, story)


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from mes_app.crypto.keys import name_emergency_key
from mes_app.domain.record import Kind
from tests.memory_key_store import MemoryKeyStore
from tests.services.emergency_stories import Home

def die(con, changes):
    os.kill(os.getpid(), signal.SIGKILL)

async def story(folder):
    key_store = MemoryKeyStore()
    key_store.items[name_emergency_key("db-1")] = (folder / "key").read_bytes()
    home = Home(folder, key_store)
    await home.open()
    home.database.before_commit(die)
    await home.change("mother", Kind.ALLERGIES, "2", "noix de cajou")

asyncio.run(story(Path(sys.argv[1])))
"""


def test_a_card_of_which_the_vault_knows_nothing_goes_when_it_opens(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        sealed, key = home.files.emergency.read_bytes(), key_store.items[KEY_NAME]
        await home.choices.choose("mother", frozenset())
        await home.close()
        home.files.emergency.write_bytes(sealed)
        key_store.items[KEY_NAME] = key
        await home.open()
        assert not home.files.emergency.exists()
        assert key_store.items == {}

    tell(tmp_path, key_store, story)


def test_a_key_that_was_lost_or_changed_is_said_and_healed_when_the_vault_opens(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        for wrong, reason in (
            (None, Reason.KEY_STORE_LOST),
            (b"short", Reason.KEY_STORE_LOST),
            (bytes(32), Reason.DAMAGED),
        ):
            await home.close()
            key_store.items.pop(KEY_NAME)
            if wrong:
                key_store.items[KEY_NAME] = wrong
            assert await refusal(home.cards) is reason
            assert home.cards.is_on()
            await home.open()
            assert len(await home.cards.read()) == 1

    tell(tmp_path, key_store, story)


def test_s3_a_tampered_envelope_is_said_and_healed_when_the_vault_opens(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.close()
        whole = home.files.emergency.read_bytes()
        for spoiled in (whole[:-1], whole[:40], b"", whole[:-1] + bytes([whole[-1] ^ 1])):
            home.files.emergency.write_bytes(spoiled)
            assert await refusal(home.cards) is Reason.DAMAGED
            assert home.files.emergency.read_bytes() == spoiled
        await home.open()
        assert canary("mother", Kind.ALLERGIES) in await home.read_words()

    tell(tmp_path, MemoryKeyStore(), story)


def test_a_key_store_that_does_not_answer_never_keeps_the_vault_closed_and_leaves_no_old_card(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.close()
        key_store.silent = True
        assert await refusal(home.cards) is Reason.NO_KEY_STORE
        await home.open()
        await home.change("mother", Kind.ALLERGIES, "2", "noix de cajou")
        assert not home.cards.is_on()
        with pytest.raises(Unreadable) as caught:
            await home.choices.choose("mother", frozenset({Kind.ALLERGIES}))
        assert caught.value.reason is Reason.NO_KEY_STORE
        await home.close()
        key_store.silent = False
        await home.open()
        assert "noix de cajou" in await home.read_words()

    tell(tmp_path, key_store, story)


def test_without_a_key_store_there_is_no_card_and_the_reason_is_told(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        assert not home.cards.available
        assert not home.choices.available
        with pytest.raises(Unreadable) as caught:
            await home.choices.choose("mother", ALL)
        assert caught.value.reason is Reason.NO_KEY_STORE
        assert await home.choices.read("mother") == frozenset()
        home.files.emergency.write_bytes(b"left by another build")
        assert not home.cards.is_on()

    tell(tmp_path, None, story)


def test_a_vault_restored_elsewhere_shows_nothing_until_it_is_chosen_there(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.close()
        write_keys(home.files.keys, new_key_file("db-2", read_salt(home.files.database)))
        home.files.emergency.unlink()
        await home.open()
        assert await home.choices.read("mother") == frozenset()
        assert not home.cards.is_on()
        await home.choices.choose("daughter", ALL)
        assert [card.profile.name for card in await home.cards.read()] == [DAUGHTER.name]

    tell(tmp_path, key_store, story)


def test_the_demonstration_has_no_card_since_it_keeps_no_key_on_the_disk(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()

    async def story(home: Home) -> None:
        home.files.keys.unlink()
        await home.close()
        await home.open()
        assert not home.choices.available
        with pytest.raises(Unreadable) as caught:
            await home.choices.choose("mother", ALL)
        assert caught.value.reason is Reason.NO_KEY_STORE
        assert (await home.choices.preview("mother", ALL)).profile.name == MOTHER.name
        assert await home.choices.read("mother") == frozenset()
        assert not home.files.emergency.exists()
        assert key_store.items == {}

    tell(tmp_path, key_store, story)


def test_cards_of_a_folder_without_a_vault_are_off(tmp_path: Path) -> None:
    cards = EmergencyCards(VaultFiles(tmp_path / "vault"), MemoryKeyStore())
    assert not cards.is_on()
    assert asyncio.run(cards.read()) == []


def test_s1_nothing_of_a_card_is_on_the_disk_in_clear_even_after_a_kill(tmp_path: Path) -> None:
    key_store = MemoryKeyStore()
    words = [canary(pid, kind) for pid in ("mother", "daughter") for kind in TYPES]

    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        await home.choices.choose("daughter", ALL)
        key = key_store.items[KEY_NAME]
        told = (await home.read_words()).replace("'", "")
        assert all(word in told for word in words)
        assert find_leaks(tmp_path, [*words, MOTHER.name, DAUGHTER.name], [key]) == {}

    tell(tmp_path, key_store, story)


def test_s13_locking_wipes_the_key(tmp_path: Path) -> None:
    async def story(home: Home) -> None:
        await home.choices.choose("mother", ALL)
        keeper = home.choices._keeper
        assert keeper is not None
        key = keeper._key
        assert key is not None
        await home.close()
        assert len(key) == 0
        assert keeper._key is None

    tell(tmp_path, MemoryKeyStore(), story)


async def refusal(cards: EmergencyCards) -> Reason | None:
    with pytest.raises(Unreadable) as caught:
        await cards.read()
    return caught.value.reason
