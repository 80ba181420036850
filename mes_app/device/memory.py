"""Giving memory back to the system, so that what was freed, and once was in clear, is no longer in the process."""

import ctypes
import gc
import sys


def release_memory() -> None:
    """Collect what nothing uses and return free memory, as far as the allocator can be asked to (glibc)."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim:
            trim(0)
