"""Giving memory back to the system, so that what was freed, and once was in clear, is no longer in the process."""

import ctypes
import gc
import sys

_M_PERTURB = -6
_ZERO_NEW = 0xFF
_BYTES_OVERHEAD = sys.getsizeof(b"")
_BLOCKS = range(48, 513, 16)
"""The sizes in which Python's own allocator hands out memory and that hold text."""
_REUSED, _REUSED_EACH = 16 << 20, 2 << 20
"""Bytes to overwrite: of what any size may be cut from, then of each size. More takes longer and finds little."""


def overwrite_freed_memory() -> None:
    """From now on have all that C code frees, such as pages of the store, overwritten at once (glibc)."""
    _call_allocator("mallopt", _M_PERTURB, _ZERO_NEW)


def release_memory() -> None:
    """Collect what nothing uses, overwrite it, return free memory as far as the allocator can be asked to (glibc).

    Python keeps most of what is freed for itself, as it was: without overwriting, most texts would stay. About 0.1 s.
    """
    gc.collect()
    _overwrite(_BLOCKS[-1], _REUSED)
    for size in _BLOCKS:
        _overwrite(size, _REUSED_EACH)
    _call_allocator("malloc_trim", 0)


def _overwrite(size: int, amount: int) -> None:
    """Take ``amount`` bytes in blocks of ``size``, which the allocator takes from what was freed, and zero them."""
    [bytes(size - _BYTES_OVERHEAD) for _ in range(amount // size)]


def _call_allocator(name: str, *facts: int) -> None:
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)  # musl has none
        if function:
            function(*facts)
