"""The envelope of a backup: one file that one passphrase opens on any device, and that says what is wrong with it.

    mark | version | cost of a guess | salt | wrapped key | length of the file | SHA-256 of all that | sealed stream

A random key is wrapped under Argon2id of the passphrase and seals the stream through a subkey. The parameters are the
context of the wrap, all but the length is the context of the stream. The SHA-256 tells a damaged header from a wrong
passphrase, the length a file cut short from an altered one: both are there to tell, none of them protects.
"""

import hashlib
import os
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from mes_app.crypto import envelope, primitives
from mes_app.crypto.costs import Cost, stretch
from mes_app.crypto.durable_files import replace_file
from mes_app.crypto.sealed_streams import open_chunks, seal_chunks
from mes_app.crypto.secret import Secret
from mes_app.crypto.strengths import hold_secret
from mes_app.errors import Locked, Reason, Unreadable

COST = Cost(m=262_144)
"""Four times the floor, 0.4 s on a desktop: a backup leaves the device, and no device secret takes part."""

_MARK = b"MESBACK"
_VERSION = 1
_PARAMETERS = struct.Struct(">7sB IBB 16s")
_WRAP = struct.Struct("12s 48s")
_LENGTH = struct.Struct(">Q")
_FACTS_SIZE = _PARAMETERS.size + _WRAP.size
_HEADER_SIZE = _FACTS_SIZE + _LENGTH.size + hashlib.sha256().digest_size
_STREAM = b"mes-carnets backup stream"


def seal_backup(path: Path, key: Secret, passphrase: str, chunks: Iterable[bytes], *, cost: Cost) -> None:
    """Write ``chunks`` sealed at ``path``: whole, on the disk, mode 0600, or not at all. Slow, as ``cost`` says.

    ``key`` is random, never used for another backup, and what ``unwrap_backup_key`` will answer. Raises
    Unreadable(DISK_FULL | DAMAGED) as ``replace_file`` does, NO_MEMORY where there is no memory for ``cost``.
    """
    facts = _wrap_key(key, passphrase, cost)
    with replace_file(path) as file, primitives.derive_subkey(key, _STREAM) as stream_key:
        file.seek(_HEADER_SIZE)
        file.writelines(seal_chunks(chunks, stream_key, facts))
        length = file.tell()
        file.seek(0)
        file.write(_make_header(facts, length))


def unwrap_backup_key(path: Path, passphrase: str) -> Secret:
    """The key of the backup at ``path``, of which only the header is read. Slow, as the cost it names says.

    Raises Locked(WRONG_PASSPHRASE), Unreadable(NOT_A_BACKUP | NEWER_VERSION | TRUNCATED | DAMAGED), NO_MEMORY where
    there is no memory for that cost.
    """
    with _open(path) as (_, facts):
        parameters = facts[: _PARAMETERS.size]
        nonce, wrapped = _WRAP.unpack_from(facts, _PARAMETERS.size)
        with _derive_wrapping_key(passphrase, parameters) as wrapping:
            try:
                return envelope.open_key(wrapping, nonce, wrapped, parameters)
            except Unreadable:
                raise Locked(Reason.WRONG_PASSPHRASE) from None


def open_backup(path: Path, key: Secret) -> Iterator[bytearray]:
    """What was sealed, chunk by chunk.

    Raises Unreadable as ``unwrap_backup_key``, possibly after some chunks: they are authentic but not all, drop them.
    """
    with _open(path) as (file, facts), primitives.derive_subkey(key, _STREAM) as stream_key:
        yield from open_chunks(file, stream_key, facts)


def _wrap_key(key: Secret, passphrase: str, cost: Cost) -> bytes:
    salt = primitives.make_bytes(primitives.SALT_SIZE)
    parameters = _PARAMETERS.pack(_MARK, _VERSION, cost.m, cost.t, cost.p, salt)
    with _derive_wrapping_key(passphrase, parameters) as wrapping:
        return parameters + _WRAP.pack(*envelope.seal_key(wrapping, key, parameters))


def _derive_wrapping_key(passphrase: str, parameters: bytes) -> Secret:
    _, _, m, t, p, salt = _PARAMETERS.unpack(parameters)
    with hold_secret(passphrase) as typed:
        try:
            return stretch(typed, salt, msgspec.convert({"m": m, "t": t, "p": p}, Cost))
        except msgspec.ValidationError:  # below the floor, or beyond what a device bears
            raise Unreadable(Reason.DAMAGED) from None
        except MemoryError:
            raise Unreadable(Reason.NO_MEMORY) from None


@contextmanager
def _open(path: Path) -> Iterator[tuple[BinaryIO, bytes]]:
    """The file, just after its header, and the facts of that header: parameters and wrap."""
    try:
        file = path.open("rb")
    except OSError:
        raise Unreadable(Reason.NOT_A_BACKUP) from None
    with file:
        try:
            yield file, _read_header(file)
        except OSError:
            raise Unreadable(Reason.DAMAGED) from None


def _read_header(file: BinaryIO) -> bytes:
    found = file.read(_HEADER_SIZE)
    mark, version = found[: len(_MARK)], found[len(_MARK) : len(_MARK) + 1]
    if not _MARK.startswith(mark):
        raise Unreadable(Reason.NOT_A_BACKUP)
    if version > bytes([_VERSION]):
        raise Unreadable(Reason.NEWER_VERSION)
    if len(found) < _HEADER_SIZE:
        raise Unreadable(Reason.TRUNCATED)
    facts = found[:_FACTS_SIZE]
    (length,) = _LENGTH.unpack_from(found, _FACTS_SIZE)
    if found != _make_header(facts, length):
        raise Unreadable(Reason.DAMAGED)
    size = os.fstat(file.fileno()).st_size
    if size != length:
        raise Unreadable(Reason.TRUNCATED if size < length else Reason.DAMAGED)
    return facts


def _make_header(facts: bytes, length: int) -> bytes:
    told = facts + _LENGTH.pack(length)
    return told + hashlib.sha256(told).digest()
