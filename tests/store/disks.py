"""A disk that fills up, for the length of a block."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

LARGER_THAN_ANY = 1 << 43
"""Bytes that no disk has, which an empty file may pretend to have."""


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """What this process would write beyond the first ``size`` bytes of a file is refused."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
