"""What the memory of the app still holds once it is locked: no key at all, and of the rest what Python leaves (S13).

One app does all that has to do with keys, a second one reads everything, a third one does so on its screens. Each is
looked into from outside while it is open and after it was locked.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import pytest

from mes_app.crypto.backup_files import unwrap_backup_key
from mes_app.crypto.keys import SlotKind, derive_from_key, derive_typed, read_keys
from mes_app.crypto.recovery_codes import read_recovery_code
from mes_app.crypto.secret import Secret
from tests.journeys.terminal import MesApp
from tests.security.memories import Memory, list_forms, run_rememberer
from tests.security.phones import find_keys, run_phone
from tests.services.family import FONTS, build_resources, document, of_mother

pytestmark = pytest.mark.keyring

PINS = ("480213957164", "918273140526", "570918236424")  # long, so that no chance makes one
PASSPHRASE = "zébrure ocarina bivouac"
WORD = "Quetzalium"
PLANTED = list_forms(bytes(range(100, 132)))
MOMENTS = ("created", "PIN changed", "recovered", "key changed", "read", "read on screens")


@dataclass(frozen=True)
class Found:
    """What a memory held: keys by their names; copies of what was typed, of what the key store gave, and of texts."""

    keys: dict[str, int]
    typed: int
    device: int
    texts: int


LEFT = Found({}, typed=1, device=2, texts=60)
"""What may stay after a lock; SECURITY.md says how much was counted."""


@dataclass
class Story:
    """What is known of the vault of ``phone`` by now, and what was found after each lock.

    And while it was open: ``shown``, copies of texts; ``in_use``, the keys; ``planted``, what of PLANTED.
    """

    phone: MesApp
    keys: dict[bytes, str] = field(default_factory=dict)
    device: set[bytes] = field(default_factory=set)
    typed: set[str] = field(default_factory=lambda: {*PINS, PASSPHRASE})
    locked: dict[str, Found] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    in_use: dict[str, int] = field(default_factory=dict)
    planted: set[bytes] = field(default_factory=set)

    def learn_keys(self, pin: str) -> dict[bytes, str]:
        """The keys of the vault as it is now, which ``pin`` opens, and what the key store holds of it; the former."""
        data_key, *device = find_keys(self.phone, pin)
        keys = read_keys(self.phone.data / "vault" / "keys.json")
        with derive_typed(keys, pin, Secret(bytearray(device[0]))) as wrapping:
            present = {data_key: f"data key behind {pin}", bytes(wrapping.view()): f"wrapping key of {pin}"}
        self.keys |= present
        self.device = set(device)
        return present

    def learn_code(self, code: str) -> None:
        """What the recovery code opens with."""
        keys = read_keys(self.phone.data / "vault" / "keys.json")
        with read_recovery_code(code) as key, derive_from_key(keys, SlotKind.RECOVERY, key) as wrapping:
            self.keys |= {bytes(key.view()): "recovery key", bytes(wrapping.view()): "wrapping key of recovery"}
        self.typed.add(code)

    def learn_backup(self) -> None:
        """The key of the backup."""
        with unwrap_backup_key(self.phone.data / "backup", PASSPHRASE) as key:
            self.keys[bytes(key.view())] = "key of the backup"

    def search(self, memory: Memory) -> Found:
        """What is in ``memory`` of all that is known by now."""
        return Found(
            self.search_keys(memory),
            sum(map(memory.count_text, self.typed)),
            sum(map(memory.count_key, self.device)),
            memory.count_text(WORD),
        )

    def search_keys(self, memory: Memory) -> dict[str, int]:
        """The keys that are in ``memory``."""
        return {name: count for key, name in self.keys.items() if (count := memory.count_key(key))}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    assets = tmp_path_factory.mktemp("assets")
    write_family(assets)
    with run_phone(tmp_path_factory.mktemp("phone")) as phone:
        told = Story(phone)
        tell_changes(told, assets)
        tell_reading(told, assets)
        yield told


def write_family(assets: Path) -> None:
    """The family with a word of its own once in each of 260 texts, short and long."""
    remarks = [{"text": f"{WORD}, l’été"}]
    short = [of_mother("AllergyIntolerance", f"z{n}", code={"text": f"{WORD} {n}"}, note=remarks) for n in range(100)]
    comment = [{"text": f"{WORD} {'et la suite du commentaire ' * 40}"}]
    long = [of_mother("Condition", f"c{n}", code={"text": f"Affection {n}"}, note=comment) for n in range(40)]
    days = [f"2026-01-{n:02}T10:00:00Z" for n in range(1, 10)]
    texts = [document(10 + n, f"{WORD} {n}", make_text(n), "text/plain", date=day) for n, day in enumerate(days)]
    resources = [*build_resources(), *short, *long, *chain.from_iterable(texts)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    (assets / "demo").mkdir()
    (assets / "demo" / "family.json.gz").write_bytes(gzip.compress(json.dumps(bundle).encode()))
    (assets / "fonts").symlink_to(FONTS)


def make_text(number: int) -> bytes:
    return f"{WORD} et la suite du texte {number}".ljust(6_000).encode()


def tell_changes(told: Story, assets: Path) -> None:
    """All that makes, uses or changes a key, in one run of the app; after each lock, keys in use since the last one."""
    first, second, third = PINS
    with run_rememberer("remembering", (told.phone.data, assets), told.phone.environment) as app:

        def lock(moment: str, pin: str) -> None:
            app.do("lock")
            present = told.learn_keys(pin)
            told.locked[moment] = told.search(app.look())
            told.keys = present

        app.do("create", first)
        lock("created", first)
        app.do("unlock", first)
        app.do("change_secret", first, second)
        app.do("show_in_emergency")
        code = app.do("note_recovery", second)
        told.learn_code(code)
        lock("PIN changed", second)
        app.do("recover", code, third)
        told.learn_code(code)
        lock("recovered", third)
        app.do("unlock", third)
        app.do("change_key", third)
        app.do("back_up", PASSPHRASE)
        halfway = app.look()
        app.go_on()
        told.learn_backup()
        told.in_use = told.search_keys(halfway)
        lock("key changed", third)
        app.do("keep", *(form.hex() for form in PLANTED))
        told.planted = app.look().find(PLANTED)


def tell_reading(told: Story, assets: Path) -> None:
    """Everything is read and locked away, in a run of the app each."""
    for moment, program in (("read", "remembering"), ("read on screens", "watching")):
        with run_rememberer(program, (told.phone.data, assets), told.phone.environment) as app:
            app.do("unlock", PINS[-1])
            app.do("read")
            told.shown[moment] = app.look().count_text(WORD)
            app.do("lock")
            told.locked[moment] = told.search(app.look())


@pytest.mark.parametrize("moment", MOMENTS)
def test_s13_no_key_is_in_memory_after_a_lock(story: Story, moment: str) -> None:
    assert story.locked[moment].keys == {}


def test_s13_the_same_search_finds_a_key_in_use_and_every_form_of_one(story: Story) -> None:
    assert set(story.in_use) == {"key of the backup"}
    assert story.planted == PLANTED


@pytest.mark.parametrize("moment", MOMENTS)
def test_s13_what_python_leaves_of_pins_device_secrets_and_texts_is_bounded(story: Story, moment: str) -> None:
    left = story.locked[moment]
    print(f"\n{moment}: {left}")
    assert left.typed <= LEFT.typed
    assert left.device <= LEFT.device
    assert left.texts <= LEFT.texts


def test_s13_the_same_search_finds_texts_while_they_are_read(story: Story) -> None:
    print(f"\n{story.shown}")
    assert story.shown["read"] > 1_000
    assert story.shown["read on screens"] > 100
