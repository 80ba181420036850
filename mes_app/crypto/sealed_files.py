"""Document contents as sealed files: AES-256-GCM in chunks, so that a large one is written and read in constant memory.

A file is a header, then chunks of 256 KiB, each with its tag. The header (mark, version, chunk size, file name) is
authenticated with every chunk; the nonce is the chunk's number and whether it is the last. So a cut, a swap, a renamed
file or one changed bit is refused. Each file has its own random key, which must never seal a second file.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from mes_app.crypto import primitives
from mes_app.crypto.durable_files import replace_file
from mes_app.crypto.secret import Secret
from mes_app.errors import Reason, Unreadable

CHUNK_SIZE = 256 * 1024
_MARK = b"MESFILE"
_VERSION = 1


def seal_file(path: Path, key: Secret, chunks: Iterable[bytes]) -> None:
    """Write ``chunks`` (of any size) sealed under ``key`` at ``path``: whole, on the disk, mode 0600, or not at all.

    The name of ``path`` is the file's id. Raises Unreadable(DISK_FULL | DAMAGED) as ``replace_file`` does.
    """
    header = _make_header(path)
    with replace_file(path) as file:
        file.write(header)
        for nonce, chunk in _number(_regroup(chunks)):
            file.write(primitives.encrypt(key, nonce, chunk, header))


def open_file(path: Path, key: Secret) -> Iterator[bytearray]:
    """The contents, chunk by chunk. Raises Unreadable(DAMAGED | NEWER_VERSION), possibly after some chunks.

    What came before an error is authentic but not complete: drop it.
    """
    try:
        with path.open("rb") as file:
            header = _read_header(file, path)
            sealed = iter(lambda: file.read(CHUNK_SIZE + primitives.TAG_SIZE), b"")
            for nonce, chunk in _number(sealed):
                yield primitives.decrypt(key, nonce, chunk, header)
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


def _regroup(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in full chunks, the last one excepted: there is always one, empty where nothing came."""
    waiting = b""
    for chunk in chunks:
        for start in range(0, len(chunk), CHUNK_SIZE):
            waiting += chunk[start : start + CHUNK_SIZE]
            if len(waiting) > CHUNK_SIZE:
                yield waiting[:CHUNK_SIZE]
                waiting = waiting[CHUNK_SIZE:]
    yield waiting


def _number(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk with its nonce, which tells the last one; no chunk at all counts as one empty chunk."""
    number, chunk = 0, next(chunks, b"")
    for following in chunks:
        yield _make_nonce(number, last=False), chunk
        number, chunk = number + 1, following
    yield _make_nonce(number, last=True), chunk


def _make_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(8, "big") + int(last).to_bytes(4, "big")
