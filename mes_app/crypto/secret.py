"""Bytes that do not print: every key lives in one from birth to wipe. Never copy one into ``bytes`` or ``str``."""

import ctypes
from types import TracebackType
from typing import NoReturn, Self


class Secret:
    """Key bytes in memory of our own, zeroed by ``wipe`` or when a ``with`` ends; not printed, pickled or compared."""

    __slots__ = ("_value",)

    def __init__(self, value: bytearray) -> None:
        self._value: bytearray | None = value

    def view(self) -> bytearray:
        """The bytes themselves, not a copy; ValueError once wiped, so that no zero key is ever used."""
        if self._value is None:
            raise ValueError("this secret was wiped")
        return self._value

    def wipe(self) -> None:
        """Zero the bytes in place. Wiping twice is harmless."""
        if self._value:
            ctypes.memset((ctypes.c_char * len(self._value)).from_buffer(self._value), 0, len(self._value))
        self._value = None

    def __len__(self) -> int:
        return len(self._value or b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return f"Secret({len(self)} bytes)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is neither copied nor pickled")
