"""The key store of the desktop against a real Secret Service, from child processes with their own environment."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from keyring.errors import KeyringError

from mes_app.device.keystores import OsKeyring
from mes_app.errors import MesError, Reason
from tests.secret_service import run_secret_service

pytestmark = pytest.mark.keyring

CHOOSE = """
import json
from mes_app.device.keystores import choose_key_store
store = choose_key_store()
print(json.dumps(store and type(store).__name__))
"""
KEEP = """
import asyncio, json
from mes_app.device.keystores import choose_key_store
async def run(store):
    seen = [await store.get("other")]
    for value in (b"first", bytes(range(32))):
        await store.put("device-secret:1", value)
        seen.append(list(await store.get("device-secret:1")))
    return seen
print(json.dumps(asyncio.run(run(choose_key_store()))))
"""
FORGET = """
import asyncio, json
from mes_app.device.keystores import choose_key_store
async def run(store):
    seen = [len(await store.get("device-secret:1"))]
    await store.delete("device-secret:1")
    await store.delete("device-secret:1")
    return [*seen, await store.get("device-secret:1")]
print(json.dumps(asyncio.run(run(choose_key_store()))))
"""


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with run_secret_service() as made:
        yield made


def ask(script: str, environment: dict[str, str]) -> Any:
    """What a child process with ``environment`` prints as JSON."""
    run = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def test_s7_a_secret_service_keeps_replaces_and_forgets_across_processes(environment: dict[str, str]) -> None:
    assert ask(KEEP, environment) == [None, list(b"first"), list(range(32))]
    assert ask(FORGET, environment) == [32, None]


def test_s7_the_environment_cannot_choose_a_key_store_that_keeps_nothing(environment: dict[str, str]) -> None:
    bent = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    assert ask(CHOOSE, environment | bent) == "OsKeyring"
    assert ask(CHOOSE, without_session(os.environ) | bent) is None


def test_without_a_session_bus_there_is_no_key_store() -> None:
    assert ask(CHOOSE, without_session(os.environ)) is None


def test_a_service_without_a_key_ring_is_no_key_store() -> None:
    with run_secret_service(unlocked=False) as environment:
        assert ask(CHOOSE, environment) is None


def without_session(environment: "os._Environ[str]") -> dict[str, str]:
    hidden = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY")
    return {name: value for name, value in environment.items() if name not in hidden}


class FaultyBackend:
    """A backend that refuses, or holds what is not ours."""

    def get_password(self, _service: str, name: str) -> str | None:
        if name == "foreign":
            return "not base64 é"
        raise KeyringError

    def set_password(self, _service: str, _name: str, _value: str) -> None:
        raise KeyringError


def test_s7_a_key_store_that_refuses_is_said_not_to_answer() -> None:
    store = OsKeyring(FaultyBackend())
    assert not store.answers()
    for call in (store.get("a"), store.put("a", b""), store.delete("a")):
        with pytest.raises(MesError) as caught:
            asyncio.run(call)
        assert caught.value.reason is Reason.NO_KEY_STORE


def test_s7_a_value_that_is_not_ours_is_said_to_be_lost() -> None:
    with pytest.raises(MesError) as caught:
        asyncio.run(OsKeyring(FaultyBackend()).get("foreign"))
    assert caught.value.reason is Reason.KEY_STORE_LOST


class AskingBackend:
    """A backend that waits for the person until ``answered``."""

    def __init__(self) -> None:
        self.answered = threading.Event()

    def get_password(self, _service: str, _name: str) -> None:
        self.answered.wait()


def test_a_key_store_that_asks_the_person_is_there_and_does_not_stop_the_app() -> None:
    async def run(backend: AskingBackend) -> None:
        asyncio.get_running_loop().call_soon(backend.answered.set)
        assert await OsKeyring(backend).get("a") is None

    asyncio.run(run(AskingBackend()))


PHONES = """
import json
from mes_app.device.keystores import choose_biometric_store, choose_key_store
print(json.dumps([store and type(store).__name__ for store in (choose_key_store(), choose_biometric_store())]))
"""


@pytest.mark.parametrize(
    ("platform", "stores"),
    [("ios", ["PhoneStore", "PhoneStore"]), ("android", ["PhoneStore", None]), ("linux", ["OsKeyring", None])],
)
def test_l3_each_system_has_its_key_store_and_biometrics_where_they_are_sound(
    platform: str, stores: list[str | None], environment: dict[str, str]
) -> None:
    assert ask(PHONES, environment | {"FLET_PLATFORM": platform}) == stores
