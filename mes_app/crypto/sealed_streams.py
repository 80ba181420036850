"""Bytes of any length sealed in constant memory: AES-256-GCM in chunks of 256 KiB, each with its tag.

The nonce of a chunk is its number and whether it is the last, and a context is authenticated with every chunk. So a
cut, a swap, another context or one changed bit is refused. A key must never seal a second stream.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from mes_app.crypto import primitives
from mes_app.crypto.secret import Secret

CHUNK_SIZE = 256 * 1024


def seal_chunks(chunks: Iterable[bytes], key: Secret, context: bytes) -> Iterator[bytes]:
    """What to write for ``chunks`` (of any size)."""
    for nonce, chunk in _number(_regroup(chunks)):
        yield primitives.encrypt(key, nonce, chunk, context)


def open_chunks(file: BinaryIO, key: Secret, context: bytes) -> Iterator[bytearray]:
    """The plain bytes of the stream that is the rest of ``file``. Raises Unreadable(DAMAGED), maybe after some chunks.

    What came before an error is authentic but not complete: drop it.
    """
    sealed = iter(lambda: file.read(CHUNK_SIZE + primitives.TAG_SIZE), b"")
    for nonce, chunk in _number(sealed):
        yield primitives.decrypt(key, nonce, chunk, context)


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
