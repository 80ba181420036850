"""The port to the operating system's key store, which holds what a stolen copy of our files must lack."""

from typing import Protocol


class KeyStore(Protocol):
    """A few small values by name. Every method raises Unreadable(NO_KEY_STORE) when the key store does not answer."""

    async def get(self, name: str) -> bytes | None:
        """The value, or None where there is none; Unreadable(KEY_STORE_LOST) when it is not one of ours."""

    async def put(self, name: str, value: bytes) -> None:
        """Keep ``value`` under ``name``, in place of any other."""

    async def delete(self, name: str) -> None:
        """Forget ``name``; nothing happens where it is unknown."""
