"""Whoever can write keys.json can break it, and do no more: no edit makes it weaker, or open to anyone else."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mes_app.crypto.costs import Cost
from mes_app.crypto.keys import KeyFile, SlotKind, add_typed_slot, read_keys, remove_slots, write_keys
from mes_app.errors import Locked, MesError, NotAllowed, Reason, Unreadable
from tests.crypto.key_samples import (
    DATA_KEY,
    DEVICE_SECRET,
    FLOOR,
    PASSPHRASE,
    WAYS,
    derive_wrappings,
    hold,
    make_keys,
    open_by_wrapping,
)

Place = tuple[str | int, ...]

ROOT: Place = ()
SLOTS = {kind: ("slots", index) for index, kind in enumerate(WAYS)}
DRAWS: dict[str, st.SearchStrategy[Any]] = {
    "v": st.integers(),
    "db_id": st.text(),
    "db_salt": st.binary(min_size=16, max_size=16),
    "kind": st.sampled_from(SlotKind) | st.text(),
    "kdf": st.none() | st.builds(Cost, m=st.integers(65_536, 2_097_152), t=st.integers(3, 64), p=st.integers(4, 16)),
    "salt": st.binary(min_size=16, max_size=16),
    "device": st.none() | st.binary(min_size=32, max_size=32),
    "nonce": st.binary(min_size=12, max_size=12),
    "wrapped": st.binary(min_size=48, max_size=48),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_keys(tmp_path / "keys.json", make_keys())
    return tmp_path / "keys.json"


def edit(path: Path, place: Place, change: Callable[[Any], Any]) -> None:
    """Put in ``place`` of the file at ``path`` what ``change`` makes of the value there."""

    def apply(value: Any, place: Place) -> Any:
        if not place:
            return change(value)
        value[place[0]] = apply(value[place[0]], place[1:])
        return value

    path.write_text(json.dumps(apply(json.loads(path.read_text()), place)))


def put(name: str, value: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda facts: {**facts, name: value}


def drop(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda facts: {key: value for key, value in facts.items() if key != name}


def refuse_reading(path: Path) -> Reason:
    with pytest.raises(Unreadable) as caught:
        read_keys(path)
    return caught.value.reason


def opens(text: bytes, place: Place, kind: SlotKind) -> bool:
    """Whether the slot at ``place`` of the edited file opens by the very wrapping key that opened its ``kind``."""
    try:
        keys = msgspec.json.decode(text, type=KeyFile)
        slot = keys.slots[int(place[1])]
        open_by_wrapping(keys, slot.kind, derive_wrappings(make_keys())[kind])
    except (msgspec.ValidationError, MesError):
        return False
    return True


def test_the_file_opens_before_it_is_edited(path: Path) -> None:
    assert all(opens(path.read_bytes(), place, kind) for kind, place in SLOTS.items())


@given(st.data())
def test_s6_no_slot_opens_once_anything_it_stands_on_is_edited(data: st.DataObject) -> None:
    """Even by the right wrapping key, which a thief does not have: all of it is authenticated."""
    kind = data.draw(st.sampled_from(WAYS))
    name = data.draw(st.sampled_from(list(DRAWS)))
    value = json.loads(msgspec.json.encode(data.draw(DRAWS[name])))
    document = json.loads(msgspec.json.encode(make_keys()))
    facts = document if name in document else document["slots"][SLOTS[kind][1]]
    assume(facts[name] != value)
    facts[name] = value
    assert not opens(json.dumps(document).encode(), SLOTS[kind], kind)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_s6_no_changed_byte_gives_another_key(tmp_path_factory: pytest.TempPathFactory, place: int, byte: int) -> None:
    text = bytearray(msgspec.json.encode(make_keys()))
    text[place % len(text)] = byte
    path = tmp_path_factory.getbasetemp() / "keys.json"
    path.write_bytes(text)
    with suppress(Unreadable):
        keys = read_keys(path)
        for kind, wrapping in derive_wrappings(make_keys()).items():
            with suppress(Locked, NotAllowed):
                assert open_by_wrapping(keys, kind, wrapping) == DATA_KEY


@pytest.mark.parametrize(
    "cost",
    [
        {"m": 65_535, "t": 3, "p": 4},
        {"m": 65_536, "t": 2, "p": 4},
        {"m": 65_536, "t": 3, "p": 3},
        {"m": 2**31, "t": 3, "p": 4},
        {"m": 65_536, "t": 10**6, "p": 4},
        {"m": 65_536, "t": 3, "p": 10**6},
        {"m": 65_536, "t": 3, "p": 0},
        {"m": 65_536.5, "t": 3, "p": 4},
        {"m": 65_536, "t": 3, "p": 4, "algorithm": "argon2i"},
        {"m": "65536", "t": 3, "p": 4},
    ],
)
def test_s6_a_cost_below_the_floor_or_out_of_reach_is_refused(path: Path, cost: dict[str, Any]) -> None:
    edit(path, SLOTS[SlotKind.PIN], put("kdf", cost))
    assert refuse_reading(path) is Reason.DAMAGED


def test_s6_a_cost_brought_down_to_the_floor_opens_nothing(path: Path) -> None:
    dear = Cost(m=65_536, t=4, p=4)
    keys = add_typed_slot(make_keys(), hold(DATA_KEY), "159357", hold(DEVICE_SECRET), dear)
    wrappings = derive_wrappings(keys, "159357")
    write_keys(path, keys)
    edit(path, ("slots", 2), put("kdf", {"m": 65_536, "t": 3, "p": 4}))
    edited = read_keys(path)
    with pytest.raises(Locked) as caught:
        open_by_wrapping(edited, SlotKind.PIN, wrappings[SlotKind.PIN])
    assert caught.value.reason is Reason.WRONG_SECRET


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (SlotKind.PIN, put("device", None)),
        (SlotKind.PIN, drop("device")),
        (SlotKind.PIN, put("kdf", None)),
        (SlotKind.PIN, put("kind", "recovery")),
        (SlotKind.PIN, put("kind", "passphrase")),
        (SlotKind.PIN, put("kind", "nothing")),
        (SlotKind.PIN, put("wrapped", "AAAA")),
        (SlotKind.PIN, put("salt", "")),
        (SlotKind.PIN, put("note", "")),
        (SlotKind.RECOVERY, put("kdf", {"m": 65_536, "t": 3, "p": 4})),
        (SlotKind.RECOVERY, put("device", "A" * 43 + "=")),
        (SlotKind.RECOVERY, put("kind", "pin")),
        (SlotKind.RECOVERY, put("kind", "biometric")),
        (SlotKind.BIOMETRIC, put("kdf", {"m": 65_536, "t": 3, "p": 4})),
        (SlotKind.BIOMETRIC, put("device", "A" * 43 + "=")),
    ],
)
def test_s6_a_slot_of_no_known_form_is_damage(
    path: Path, kind: SlotKind, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    edit(path, SLOTS[kind], change)
    assert refuse_reading(path) is Reason.DAMAGED


@pytest.mark.parametrize("where", ["slots", "next"])
@pytest.mark.parametrize("kind", WAYS)
def test_s6_two_slots_for_one_way_in_are_damage(path: Path, kind: SlotKind, where: str) -> None:
    slot = json.loads(path.read_text())["slots"][SLOTS[kind][1]]
    edit(path, ROOT, put(where, [slot, slot]))
    assert refuse_reading(path) is Reason.DAMAGED


def test_s6_a_passphrase_beside_a_pin_is_damage(path: Path) -> None:
    easier = add_typed_slot(make_keys(), hold(DATA_KEY), PASSPHRASE, None, FLOOR).slots[-1]
    edit(path, ("slots",), lambda slots: [*slots, json.loads(msgspec.json.encode(easier))])
    assert refuse_reading(path) is Reason.DAMAGED


@pytest.mark.parametrize("change", [put("note", ""), put("v", 0), put("v", "1"), put("db_id", ""), drop("db_salt")])
def test_s6_a_head_of_no_known_form_is_damage(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    edit(path, ROOT, change)
    assert refuse_reading(path) is Reason.DAMAGED


def test_s6_a_recovery_code_does_not_pass_for_biometrics(path: Path) -> None:
    write_keys(path, remove_slots(make_keys(), SlotKind.PIN, SlotKind.BIOMETRIC))
    edit(path, ("slots", 0), put("kind", "biometric"))
    with pytest.raises(Locked):
        open_by_wrapping(read_keys(path), SlotKind.BIOMETRIC, derive_wrappings(make_keys())[SlotKind.RECOVERY])


def test_s6_a_slot_of_another_vault_opens_nothing_here(path: Path) -> None:
    edit(path, ROOT, put("db_id", "db-2"))
    edited = read_keys(path)
    for kind, wrapping in derive_wrappings(make_keys()).items():
        with pytest.raises(Locked):
            open_by_wrapping(edited, kind, wrapping)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", Reason.DAMAGED),
        (b"{}", Reason.DAMAGED),
        (b"SQLite format 3\0", Reason.DAMAGED),
        (b"\xff\xfe", Reason.DAMAGED),
        (b'{"v": 1, "next": ' + b"[" * 100_000, Reason.DAMAGED),
        (b'{"v": 1, "db_id": "\xff", "db_salt": "AAECAwQFBgcICQoLDA0ODw=="}', Reason.DAMAGED),
        (b'{"v": 1, "db_id": "a", "db_salt": "AAAA", "slots": []}', Reason.DAMAGED),
        (b'{"v": 2, "new": true}', Reason.NEWER_VERSION),
    ],
)
def test_a_file_that_is_not_one_is_named_so(path: Path, text: bytes, reason: Reason) -> None:
    path.write_bytes(text)
    assert refuse_reading(path) is reason


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    assert refuse_reading(tmp_path / "keys.json") is Reason.DAMAGED
