"""The key store of phones: the Keychain, or Android's Keystore, through flet-secure-storage, absent elsewhere.

Its defaults erase everything at the first error, let keys move to another device with a backup, and rewrite what is
kept when an algorithm changes. The options that forbid it are set here, and a test reads them off the wire.
"""

import asyncio
import importlib.util
from collections.abc import Callable
from functools import partial
from typing import Any

from mes_app.device.key_texts import read_key, write_key
from mes_app.errors import Reason, Unreadable

ACCOUNT = "mes-carnets"
BIOMETRIC_ACCOUNT = "mes-carnets-biometrics"

_PATIENCE = 60.0  # the system may ask for finger or face


class PhoneStore:
    """A key store of the phone, there before its page: ``make_service`` is called, in the session, at its first use.

    ``has_vault``: where there is none, what an app removed since left in the Keychain is forgotten then. After any
    failure the service is made anew; nothing that fails here erases.
    """

    def __init__(self, make_service: Callable[[], Any], has_vault: Callable[[], bool]) -> None:
        self._make_service = make_service
        self._has_vault = has_vault
        self._opening = asyncio.Lock()
        self._service: Any = None
        self._is_first = True

    async def get(self, name: str) -> bytes | None:
        """As KeyStore says."""
        return read_key(await self._ask("get", name))

    async def put(self, name: str, value: bytes) -> None:
        """As KeyStore says."""
        await self._ask("set", name, write_key(value))

    async def delete(self, name: str) -> None:
        """As KeyStore says."""
        await self._ask("remove", name)

    async def _ask(self, method: str, *args: str) -> Any:
        try:
            async with asyncio.timeout(_PATIENCE):
                return await getattr(await self._open(), method)(*args)
        except Exception as error:  # each system has its own errors: all say that it does not answer
            self._service = None
            raise Unreadable(Reason.NO_KEY_STORE) from error

    async def _open(self) -> Any:
        async with self._opening:
            if self._service is None:
                service = self._make_service()
                await _wake(service)
                if self._is_first and not self._has_vault():
                    await service.clear()
                self._service, self._is_first = service, False
            return self._service


async def _wake(service: Any) -> None:
    """Let Android fail once: at the first start after its installation it takes its own algorithms for a change."""
    try:
        await service.contains_key("probe")
    except RuntimeError:
        await service.contains_key("probe")


def find_phone_store(has_vault: Callable[[], bool]) -> PhoneStore | None:
    """The key store of a phone; None where the app was built without it."""
    return PhoneStore(partial(_make_service, ACCOUNT), has_vault) if _is_built_in() else None


def find_face_store(has_vault: Callable[[], bool]) -> PhoneStore | None:
    """The store of an iPhone whose ``get`` has the person show a face or finger it knew when the key was kept."""
    make_service = partial(_make_service, BIOMETRIC_ACCOUNT, shows_face=True)
    return PhoneStore(make_service, has_vault) if _is_built_in() else None


def _is_built_in() -> bool:
    return importlib.util.find_spec("flet_secure_storage") is not None


def _make_service(account: str, *, shows_face: bool = False) -> Any:
    """The Flet service, for the page of the session that calls."""
    import flet_secure_storage as library  # noqa: PLC0415 - on phones only

    return library.SecureStorage(
        android_options=library.AndroidOptions(reset_on_error=False, migrate_on_algorithm_change=False),
        ios_options=library.IOSOptions(
            account_name=account,
            accessibility=library.KeychainAccessibility.UNLOCKED_THIS_DEVICE,
            synchronizable=False,
            access_control_flags=[library.AccessControlFlag.BIOMETRY_CURRENT_SET] if shows_face else [],
        ),
    )
