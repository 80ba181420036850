"""Options, values and failures of the key store of phones. What the systems do with them only a device can tell."""

import asyncio
import base64
import gc
from collections.abc import Awaitable, Callable

import pytest

from mes_app.crypto.keystore import KeyStore
from mes_app.device.phone_stores import ACCOUNT, BIOMETRIC_ACCOUNT, PhoneStore, find_face_store, find_phone_store
from mes_app.errors import Reason, Unreadable
from tests.device.phones import Phone

KEY = bytes(range(32))


def tell(story: Callable[[Phone, PhoneStore, PhoneStore], Awaitable[None]], *, has_vault: bool = True) -> None:
    """Run ``story`` on a phone, with its store and the one behind the face, both made before there is a page."""

    async def run() -> None:
        plain, face = find_phone_store(lambda: has_vault), find_face_store(lambda: has_vault)
        assert plain
        assert face
        async with Phone() as phone:
            await story(phone, plain, face)

    asyncio.run(run())


async def refused(call: Awaitable[object]) -> Reason | None:
    with pytest.raises(Unreadable) as caught:
        await call
    return caught.value.reason


def test_s7_a_phone_keeps_replaces_and_forgets() -> None:
    async def story(phone: Phone, store: PhoneStore, _face: PhoneStore) -> None:
        port: KeyStore = store
        assert await port.get("device-secret:1") is None
        for value in (b"first", KEY):
            await port.put("device-secret:1", value)
            assert await port.get("device-secret:1") == value
        assert phone.kept[ACCOUNT] == {"device-secret:1": base64.b64encode(KEY).decode()}
        await port.delete("device-secret:1")
        await port.delete("device-secret:1")
        assert await port.get("device-secret:1") is None

    tell(story)


def test_s7_no_error_erases_and_no_key_leaves_the_device() -> None:
    async def story(phone: Phone, store: PhoneStore, face: PhoneStore) -> None:
        await store.get("a")
        await face.get("a")
        assert len(phone.services) == 2
        for android in phone.options("android"):
            assert android == {"reset_on_error": False, "migrate_on_algorithm_change": False}
        for ios in phone.options("ios"):
            assert ios["accessibility"] == "unlocked_this_device"
            assert not ios.get("synchronizable")

    tell(story)


def test_l3_a_key_behind_the_face_is_bound_to_those_enrolled_when_it_was_kept() -> None:
    async def story(phone: Phone, store: PhoneStore, face: PhoneStore) -> None:
        await store.get("a")
        await face.get("a")
        flags = {ios["account_name"]: ios.get("access_control_flags", []) for ios in phone.options("ios")}
        assert flags == {ACCOUNT: [], BIOMETRIC_ACCOUNT: ["biometryCurrentSet"]}

    tell(story)


def test_l3_the_face_releases_the_key_itself_and_a_yes_releases_nothing() -> None:
    async def story(phone: Phone, _store: PhoneStore, face: PhoneStore) -> None:
        await face.put("biometric-secret:1", KEY)
        assert await face.get("biometric-secret:1") == KEY
        phone.lies = True
        assert await refused(face.get("biometric-secret:1")) is Reason.KEY_STORE_LOST

    tell(story)


def test_s7_a_phone_that_refuses_is_said_not_to_answer_and_is_asked_again() -> None:
    async def story(phone: Phone, store: PhoneStore, _face: PhoneStore) -> None:
        await store.put("a", KEY)
        calls: list[Awaitable[object]] = [store.get("a"), store.put("a", b""), store.delete("a")]
        for call in calls:
            phone.fails = 3
            assert await refused(call) is Reason.NO_KEY_STORE
        phone.fails = 0
        assert await store.get("a") == KEY
        assert "clear" not in phone.asked

    tell(story)


def test_the_refusal_of_a_first_start_after_installation_is_not_a_failure() -> None:
    async def story(phone: Phone, store: PhoneStore, _face: PhoneStore) -> None:
        phone.fails = 1
        await store.put("a", KEY)
        assert await store.get("a") == KEY

    tell(story)


def test_s7_without_a_page_the_key_store_does_not_answer_and_then_it_does() -> None:
    async def run() -> None:
        store = find_phone_store(lambda: True)
        assert store
        assert await refused(store.get("a")) is Reason.NO_KEY_STORE
        async with Phone():
            assert await store.get("a") is None

    asyncio.run(run())


def test_what_an_app_removed_since_left_in_the_keychain_is_forgotten_once() -> None:
    async def story(phone: Phone, store: PhoneStore, face: PhoneStore) -> None:
        phone.kept = {ACCOUNT: {"device-secret:gone": "AAAA"}, BIOMETRIC_ACCOUNT: {"biometric-secret:gone": "AAAA"}}
        await asyncio.gather(store.put("device-secret:1", KEY), store.put("attempts:1", b"0"))
        phone.fails = 3
        assert await refused(store.get("device-secret:1")) is Reason.NO_KEY_STORE
        phone.fails = 0
        assert await store.get("device-secret:1") == KEY
        assert set(phone.kept[ACCOUNT]) == {"device-secret:1", "attempts:1"}
        assert await face.get("biometric-secret:gone") is None
        assert phone.kept[BIOMETRIC_ACCOUNT] == {}

    tell(story, has_vault=False)


def test_what_belongs_to_a_vault_is_kept_at_every_start() -> None:
    async def story(phone: Phone, store: PhoneStore, _face: PhoneStore) -> None:
        phone.kept = {ACCOUNT: {"device-secret:1": base64.b64encode(KEY).decode()}}
        assert await store.get("device-secret:1") == KEY

    tell(story)


def test_the_service_stays_on_the_page_between_two_events() -> None:
    async def story(phone: Phone, store: PhoneStore, _face: PhoneStore) -> None:
        await store.put("a", KEY)
        await phone.session.after_event(phone.session.page)
        gc.collect()
        assert await store.get("a") == KEY
        assert len(phone.services) == 1

    tell(story)
