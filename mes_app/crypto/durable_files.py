"""Files that are whole or absent, whatever kills the process. Private to the user; nothing is read here."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mes_app.errors import Reason, Rejected, Unreadable

_REASONS = {errno.ENOSPC: Reason.DISK_FULL, errno.EDQUOT: Reason.DISK_FULL}


@contextmanager
def replace_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, mode 0600, which takes the place of ``path`` once it is complete and on the disk.

    Raises Unreadable(DISK_FULL), or Unreadable(DAMAGED) for any other refusal of the disk; ``path`` is then as before.
    """
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with write_file(draft) as file:
            yield file
        with _translated_faults():
            draft.replace(path)
            sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Raise Rejected("path", NOT_WRITABLE) where no file can be put."""
    if path.is_dir() or not os.access(path.parent, os.W_OK):
        raise Rejected("path", Reason.NOT_WRITABLE)


@contextmanager
def write_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write, mode 0600, whose bytes are on the disk at the end; ``sync_folder`` is then due for its name.

    Raises as ``replace_file``, and what was written until then stays: only for a folder that nobody looks into yet.
    """
    with _translated_faults(), open(path, "wb", opener=_open_private) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk. Windows has no such call and does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _translated_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreadable(_REASONS.get(error.errno or 0, Reason.DAMAGED)) from None


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
