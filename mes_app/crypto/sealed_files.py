"""Document contents as sealed files: a header, then a sealed stream.

The header (mark, version, chunk size, file name) is the context of the stream, so that a renamed file is refused as a
cut one is. Each file has its own random key, which must never seal a second file.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from mes_app.crypto.durable_files import replace_file
from mes_app.crypto.sealed_streams import CHUNK_SIZE, open_chunks, seal_chunks
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

_MARK = b"MESFILE"
_VERSION = 1


def seal_file(path: Path, key: Secret, chunks: Iterable[bytes]) -> None:
    """Write ``chunks`` (of any size) sealed under ``key`` at ``path``: whole, on the disk, mode 0600, or not at all.

    The name of ``path`` is the file's id. Raises Unreadable(DISK_FULL | DAMAGED) as ``replace_file`` does.
    """
    header = _make_header(path)
    with replace_file(path) as file:
        file.write(header)
        file.writelines(seal_chunks(chunks, key, header))


def open_file(path: Path, key: Secret) -> Iterator[bytearray]:
    """The contents, chunk by chunk. Raises Unreadable(DAMAGED | NEWER_VERSION), possibly after some chunks.

    What came before an error is authentic but not complete: drop it.
    """
    try:
        with path.open("rb") as file:
            yield from open_chunks(file, key, _read_header(file, path))
    except OSError:
        raise Unreadable(Reason.DAMAGED) from None


def _make_header(path: Path) -> bytes:
    return _MARK + bytes([_VERSION]) + CHUNK_SIZE.to_bytes(4, "big") + path.name.encode()


def _read_header(file: BinaryIO, path: Path) -> bytes:
    expected = _make_header(path)
    found = file.read(len(expected))
    if found[: len(_MARK)] == _MARK and found[len(_MARK) : len(_MARK) + 1] > bytes([_VERSION]):
        raise Unreadable(Reason.NEWER_VERSION)
    if found != expected:
        raise Unreadable(Reason.DAMAGED)
    return expected
