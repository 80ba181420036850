"""The Secret Service of Linux over one connection.

keyring makes a connection for each call and agrees on a key for it: longer than the rest of an unlocking.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringLocked

T = TypeVar("T")


class LastingKeyring(Keyring):
    """keyring's backend, whose calls take turns. A connection that was lost meanwhile is made anew."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._turn = threading.Lock()
        self._collection: Any = None

    def get_password(self, service: str, username: str) -> str | None:
        """As keyring says."""
        found: str | None = self._call(super().get_password, service, username)
        return found

    def set_password(self, service: str, username: str, password: str) -> None:
        """As keyring says."""
        self._call(super().set_password, service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        """As keyring says."""
        self._call(super().delete_password, service, username)

    def get_preferred_collection(self) -> Any:
        """Where keyring's calls find what is kept: the same until it is locked."""
        if self._collection is None or self._collection.is_locked():
            self._forget()
            self._collection = _make_lasting(super().get_preferred_collection())  # type: ignore[no-untyped-call]
        return self._collection

    def _call(self, function: Callable[..., T], *args: str) -> T:
        with self._turn:
            was_there = self._collection is not None
            try:
                return function(*args)
            except KeyringLocked:  # the person declined: not to be asked again at once
                raise
            except Exception:
                self._forget()
                if not was_there:
                    raise
                return function(*args)

    def _forget(self) -> None:
        collection, self._collection = self._collection, None
        if collection is not None:
            collection.connection.end()


class _Lasting:
    """A connection that ``close`` leaves open: keyring closes after each call."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Nothing yet."""

    def end(self) -> None:
        """Close it."""
        self._connection.close()


def _make_lasting(collection: Any) -> Any:
    from secretstorage.util import open_session  # noqa: PLC0415 - on Linux only

    collection.connection = _Lasting(collection.connection)
    collection.session = open_session(collection.connection)
    return collection
