"""A small value in a sealed file of its own, written again and again under one key: each writing draws its own nonce.

A file is a mark, a version and a nonce, then the value with its tag, all authenticated together with what the caller
says the value is: a file of another vault, cut, or with one changed bit is refused. An older writing of the same file
is not told from the newest.
"""

from pathlib import Path

from mes_app.crypto import primitives
from mes_app.crypto.durable_files import replace_file, sync_folder
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

LIMIT = 4 * 1024 * 1024
"""Bytes of the largest file that is read: whatever took its place must not fill the memory."""

_MARK = b"MESVALUE"
_VERSION = 1
_HEADER_SIZE = len(_MARK) + 1 + primitives.NONCE_SIZE


def write_value(path: Path, key: Secret, value: bytes, context: bytes) -> None:
    """Put ``value`` at ``path``, sealed, whole and on the disk, in place of what was there.

    Raises Unreadable(DISK_FULL | DAMAGED) as ``replace_file`` does.
    """
    nonce = primitives.make_bytes(primitives.NONCE_SIZE)
    header = _MARK + bytes([_VERSION]) + nonce
    with replace_file(path) as file:
        file.write(header + primitives.encrypt(key, nonce, value, header + context))


def read_value(path: Path, key: Secret, context: bytes) -> bytearray:
    """The value, in memory that can be wiped.

    Raises Unreadable(NEWER_VERSION), or DAMAGED for another key or context, one changed bit, or no file.
    """
    try:
        with path.open("rb") as file:
            sealed = file.read(LIMIT)
    except OSError:
        raise Unreadable(Reason.DAMAGED) from None
    header = sealed[:_HEADER_SIZE]
    if not header.startswith(_MARK) or len(header) < _HEADER_SIZE:
        raise Unreadable(Reason.DAMAGED)
    if header[len(_MARK)] > _VERSION:
        raise Unreadable(Reason.NEWER_VERSION)
    return primitives.decrypt(key, header[-primitives.NONCE_SIZE :], sealed[_HEADER_SIZE:], header + context)


def remove_value(path: Path) -> None:
    """Remove the file at ``path``, on the disk too; nothing happens where there is none. Raises Unreadable(DAMAGED)."""
    try:
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return
    except OSError:
        raise Unreadable(Reason.DAMAGED) from None
