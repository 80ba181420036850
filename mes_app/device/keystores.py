"""The key store of this device: on desktops through keyring, on phones through flet-secure-storage, and no other.

keyring itself would also accept stores in clear text or that keep nothing, by environment or by what is installed:
never ask it to choose.
"""

import os
import sys
import threading
from asyncio import wait_for, wrap_future
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from mes_app.crypto.keystore import KeyStore
from mes_app.device.key_texts import read_key, write_key
from mes_app.device.phone_stores import find_face_store, find_phone_store
from mes_app.errors import Reason, Unreadable

T = TypeVar("T")

SERVICE = "mes-carnets"
_PATIENCE = 60.0  # the system may ask the person to unlock the key store
_PROBE_PATIENCE = 3.0


def _always() -> bool:
    return True


def choose_key_store(has_vault: Callable[[], bool] = _always) -> KeyStore | None:
    """The key store of this device, or None where there is none that answers: a passphrase must do then.

    On desktops waits up to 3 s; one that takes longer is asking the person something, so it is there. On phones
    ``has_vault`` tells at its first use whether what it holds is of use: a Keychain outlives the app.
    """
    if _read_platform() in ("android", "ios"):
        return find_phone_store(has_vault)
    try:
        backend = _choose_backend()
    except ImportError:
        return None
    if not backend.viable:
        return None
    store = OsKeyring(backend())
    return store if store.answers() else None


def _choose_backend() -> Any:
    """The one of this system, and no other is imported: each takes its time, and keyring is absent on phones."""
    match _read_platform():
        case "darwin":
            from keyring.backends.macOS import Keyring  # noqa: PLC0415

            return Keyring
        case "win32":
            from keyring.backends.Windows import WinVaultKeyring  # noqa: PLC0415

            return WinVaultKeyring
        case _:
            from mes_app.device.secret_services import LastingKeyring  # noqa: PLC0415

            return LastingKeyring


def choose_biometric_store(has_vault: Callable[[], bool] = _always) -> KeyStore | None:
    """The key store that gives nothing before finger or face is shown, each time; None where there is none.

    None on Android: the library used there (10.3) asks once per process only, and two of its stores with different
    ciphers, as this would need, undo each other.
    """
    return find_face_store(has_vault) if _read_platform() == "ios" else None


def _read_platform() -> str:
    return os.environ.get("FLET_PLATFORM") or sys.platform


class OsKeyring:
    """A key store of the system. Its calls block, on D-Bus or on the person: each has a thread and a limit of 60 s."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def answers(self) -> bool:
        """Whether it can be read, or is asking the person to unlock it."""
        try:
            _start(self._backend.get_password, SERVICE, "probe").result(_PROBE_PATIENCE)
        except TimeoutError:
            return True
        except Unreadable:
            return False
        return True

    async def get(self, name: str) -> bytes | None:
        """As KeyStore says."""
        return read_key(await self._call(self._backend.get_password, SERVICE, name))

    async def put(self, name: str, value: bytes) -> None:
        """As KeyStore says."""
        await self._call(self._backend.set_password, SERVICE, name, write_key(value))

    async def delete(self, name: str) -> None:
        """As KeyStore says."""
        if await self._call(self._backend.get_password, SERVICE, name) is not None:
            await self._call(self._backend.delete_password, SERVICE, name)

    async def _call(self, function: Callable[..., T], *args: str) -> T:
        try:
            return await wait_for(wrap_future(_start(function, *args)), _PATIENCE)
        except TimeoutError:
            raise Unreadable(Reason.NO_KEY_STORE) from None


def _start(function: Callable[..., T], *args: str) -> "Future[T]":
    """``function`` on a thread of its own, which does not keep the program alive when the key store never answers."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        try:
            future.set_result(function(*args))
        except Exception as error:  # noqa: BLE001 - each system has its own errors: all say that it does not answer
            refusal = Unreadable(Reason.NO_KEY_STORE)
            refusal.__cause__ = error
            future.set_exception(refusal)

    threading.Thread(target=run, name="key store", daemon=True).start()
    return future
