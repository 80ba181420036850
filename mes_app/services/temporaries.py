"""The one place for files that are not kept: a private folder for each use, gone after it.

What a kill leaves behind goes at the next start: the system lets go of the lock of whoever dies.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

_PLACE = "tmp"
_LOCK = ".lock"


@contextmanager
def open_temporary(root: Path) -> Iterator[Path]:
    """An empty folder under the data folder ``root``, for this user's eyes only, for as long as it is open."""
    place = root / _PLACE
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = place / token_hex(16)
    lock = _make_lock(folder)
    lock.acquire()
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(folder, lock)


def sweep_temporaries(root: Path) -> None:
    """Remove what programs that died left under ``root``, and leave alone what others use."""
    for folder in _list_folders(root):
        lock = _make_lock(folder)
        if _take(lock):
            _remove(folder, lock)


def count_leftovers(root: Path) -> int:
    """How many folders nobody uses any more are still there."""
    leftovers = 0
    for folder in _list_folders(root):
        lock = _make_lock(folder)
        if _take(lock):
            leftovers += 1
            lock.release()
    return leftovers


def _list_folders(root: Path) -> set[Path]:
    """The folders and, for a kill between the two, those of which there is only the lock."""
    return {path.with_suffix("") for path in (root / _PLACE).glob("*")}


def _make_lock(folder: Path) -> FileLock:
    return FileLock(folder.with_suffix(_LOCK), timeout=0, mode=0o600, thread_local=False)


def _take(lock: FileLock) -> bool:
    try:
        lock.acquire()
    except Timeout:
        return False
    return True


def _remove(folder: Path, lock: FileLock) -> None:
    """Remove both while nobody else can have them. What the system refuses now is tried again at the next start."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.name != "nt" and not folder.exists():  # on Windows nobody may remove a lock but who releases it
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
