"""Nothing of the family, of its secrets and of its keys is on the disk or in what is said, whatever protects the vault.

The story is that of tests/security/protections.py: ways in, cards, backup, new key, recovery, restore, leaving, kills.
"""

from collections.abc import Iterator

import pytest

from mes_app.crypto.recovery_codes import read_recovery_code
from mes_backend.demo.family import Family
from tests.security.canaries import list_ids, list_names, list_words
from tests.security.data_maps import list_untold
from tests.security.leaks import find_leaks, find_said, read_strings
from tests.security.protections import PASSPHRASE, PINS, WRONG_PASSPHRASE, Protection, tell_protection
from tests.security.witnesses import Witness

pytestmark = pytest.mark.keyring

RUN = ("login", "sync", "pin", "recovery", "wrong pin", "backup", "rekey", "recovery again", "wrong recovery",
       "recover", "wrong passphrase", "restore", "status", "logout", "wipe")  # fmt: skip
KILLED = tuple(
    f"{what} killed" for what in ("pin", "cards", "backup", "rekey", "recover", "demonstration", "restore", "wipe")
)
MOMENTS = (*RUN, *KILLED)


@pytest.fixture(scope="module")
def told(witness: Witness, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Protection]:
    with tell_protection(tmp_path_factory.mktemp("phone"), tmp_path_factory.mktemp("attic"), witness) as told:
        yield told


@pytest.fixture(scope="module")
def secrets(told: Protection, witness: Witness) -> set[str]:
    """All that was typed, shown once or sent by the server to let this phone in."""
    codes = {form for code in told.codes for form in (code, code.replace("-", ""))}
    return PINS | {PASSPHRASE, WRONG_PASSPHRASE} | codes | witness.typed() | witness.tokens()


def test_each_kill_came_in_the_middle_and_left_what_is_to_be_searched(told: Protection) -> None:
    assert set(told.said) == set(MOMENTS)
    left = {
        "pin killed": "data/vault/keys.json.tmp",
        "cards killed": "data/vault/emergency.sealed",
        "backup killed": "sauvegarde.mescarnets.tmp",
        "restore killed": "other/vault.new/keys.json",
        "wipe killed": "other/vault/vault.db",
    }
    assert {moment: name for moment, name in left.items() if name not in told.attic.names[moment]} == {}
    demonstration = [name for name in told.attic.names["demonstration killed"] if name.startswith("data/tmp")]
    assert any(name.endswith("vault.db") for name in demonstration)
    assert any(name.startswith("data/vault/documents/") for name in told.attic.names["rekey killed"])


def test_s14_what_a_killed_erasing_left_is_without_keys_and_gone_at_the_next_start(told: Protection) -> None:
    assert "other/vault/keys.json" in told.attic.names["restore"]
    assert "other/vault/keys.json" not in told.attic.names["wipe killed"]
    assert not [name for name in told.attic.names["status"] if name.startswith("other/vault/")]


@pytest.mark.parametrize("moment", MOMENTS)
def test_s1_no_name_and_no_word_of_the_family_is_on_the_disk_of_a_protected_phone(
    told: Protection, told_words: frozenset[str], contents: set[bytes], moment: str
) -> None:
    assert find_leaks(told.attic.folder / moment, told_words, contents) == {}


@pytest.mark.parametrize("moment", MOMENTS)
def test_s1_a2_a5_no_pin_passphrase_recovery_code_or_token_is_on_the_disk(
    told: Protection, secrets: set[str], moment: str
) -> None:
    assert len(told.codes) == 2
    assert find_leaks(told.attic.folder / moment, secrets) == {}


@pytest.mark.parametrize("moment", MOMENTS)
def test_s5_no_data_key_device_secret_card_key_or_recovery_key_is_on_the_disk(told: Protection, moment: str) -> None:
    assert len(told.keys) == 7, "three data keys, three device secrets, the key of the cards"
    recovery = {bytes(read_recovery_code(code).view()) for code in told.codes}
    assert find_leaks(told.attic.folder / moment, raw=told.keys | recovery) == {}


def test_s11_all_that_a_protected_phone_wrote_is_for_its_owner_only(told: Protection) -> None:
    assert {moment: names for moment, names in told.attic.exposed.items() if names} == {}


def test_p2_every_file_that_the_whole_story_left_is_in_the_data_map(told: Protection) -> None:
    left = {name.partition("/") for names in told.attic.names.values() for name in names if "/" in name}
    in_data = {inside for place, _, inside in left if place in ("data", "other") and inside != "vault"}
    assert len(in_data) > 200
    assert list_untold(in_data - {"vault.new", "vault.old", "vault.gone"}) == set()


@pytest.mark.parametrize("moment", MOMENTS)
def test_s12_nothing_is_said_of_the_family_nor_of_what_protects_it(
    told: Protection, family: Family, secrets: set[str], moment: str
) -> None:
    answer = told.said[moment]
    shown = answer.out if moment in ("sync", "recovery", "recovery again") else ""
    read = read_strings((answer.err + answer.out.removeprefix(shown)).encode())
    keys = {key.hex() for key in told.keys}
    unsaid = secrets | keys | list_names(family) | list_ids(family) | list_words(family, shortest=9)
    assert find_said(unsaid, read) == set()


def test_s12_a_recovery_code_is_shown_once_to_who_asks_for_it_and_the_same_search_finds_it(told: Protection) -> None:
    for moment, code in zip(("recovery", "recovery again"), told.codes, strict=True):
        assert find_said({code}, read_strings(told.said[moment].out.encode())) == {code}
        assert told.said[moment].data == {"recovery": code}
