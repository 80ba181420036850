"""Read a ZIP that somebody else made. Nothing of it is ever put on the disk, its names lead nowhere, and an archive
inside it is never opened.

Each entry that may not be read says why, beside the good ones. What an entry claims bounds what is read of it.
"""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from stat import S_IFMT, S_IFREG
from typing import BinaryIO

from mes_app.domain.texts import UNSEEN, clean_line
from mes_app.errors import Reason, Rejected

MOST_ENTRIES = 120_000
LARGEST_DIRECTORY = 32_000_000
"""Bytes of the list of entries."""
LARGEST_ENTRY = 256_000_000
"""Bytes of one entry once it is unpacked: the records of a long life."""
SWELLING, FLAT = 200, 1_000_000
"""How often an entry may be larger than what it is packed in, and all than the archive; below FLAT no matter."""
LONGEST_NAME = 400

_ENTRY = b"PK\x01\x02"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_LEFT_BY_SYSTEMS = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"})
_FRENCH_DOS = frozenset(b"\x80\x81\x82\x83\x84\x85\x87\x88\x89\x8a\x8b\x8c\x90\x91\x93\x94\x96\x97\xb7\xd2\xd4")
_FRENCH_WINDOWS = frozenset(
    b"\xc0\xc2\xc7\xc8\xc9\xca\xce\xd4\xd9\xe0\xe2\xe4\xe7\xe8\xe9\xea\xeb\xee\xef\xf4\xf6\xf9\xfb\xfc\x9c"
)
"""Accented letters of French as code page 850 and Windows write them."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, NotImplementedError, OSError, OverflowError,
    RuntimeError, UnicodeError, ValueError,
)  # fmt: skip
"""What zipfile raises at a file that is no archive, or a broken one."""


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One file of an archive: its ``path`` with slashes, for people and for looking it up alone; its bytes, as claimed.

    ``fault``: why it may not be read. ``number`` is its place in the list.
    """

    path: str
    size: int
    number: int
    fault: Rejected | None = None


class Archive:
    """An open archive. Made by ``open_archive``."""

    def __init__(self, packed: zipfile.ZipFile, size: int) -> None:
        self._packed = packed
        self._infos = packed.infolist()
        if len(self._infos) > MOST_ENTRIES:
            raise Rejected("file", Reason.OVERSIZED_ARCHIVE)
        self.entries = tuple(_list_entries(self._infos))
        claimed = sum(entry.size for entry in self.entries if not entry.fault)
        if claimed > max(size * SWELLING, FLAT):
            raise Rejected("file", Reason.OVERSIZED_ARCHIVE)
        self._places = {entry.path.casefold(): entry for entry in reversed(self.entries) if not entry.fault}

    def find(self, path: str) -> ArchiveEntry | None:
        """The entry that may be read under ``path``, whatever its capitals."""
        return self._places.get(unicodedata.normalize("NFC", path).casefold())

    def read(self, entry: ArchiveEntry, limit: int = LARGEST_ENTRY) -> bytes:
        """The bytes of one entry. Raises its fault, and Rejected("file"): TOO_BIG above ``limit``, DAMAGED_FILE."""
        if entry.fault:
            raise entry.fault
        if entry.size > limit:
            raise Rejected("file", Reason.TOO_BIG)
        try:
            with self._packed.open(self._infos[entry.number]) as unpacked:
                data = unpacked.read(entry.size + 1)
        except _BROKEN as error:
            raise Rejected("file", Reason.DAMAGED_FILE) from error
        if len(data) != entry.size:
            raise Rejected("file", Reason.DAMAGED_FILE)
        return data


class _BoundedFile:
    """A file of which nothing large is read in one go: the list of entries of a ZIP is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.close, self.seekable = file.seek, file.tell, file.close, file.seekable

    def read(self, size: int = -1) -> bytes:
        """At most LARGEST_DIRECTORY bytes, with no more entries than may be. Raises Rejected(OVERSIZED_ARCHIVE)."""
        data = self._file.read(min(size, LARGEST_DIRECTORY + 1) if size >= 0 else LARGEST_DIRECTORY + 1)
        if len(data) > LARGEST_DIRECTORY or data.count(_ENTRY) > MOST_ENTRIES:
            raise Rejected("file", Reason.OVERSIZED_ARCHIVE)
        return data


@contextmanager
def open_archive(file: BinaryIO) -> Iterator[Archive]:
    """The archive in ``file``, which stays open. Raises Rejected("file"): NOT_AN_ARCHIVE, OVERSIZED_ARCHIVE."""
    try:
        size = file.seek(0, 2)
        packed = zipfile.ZipFile(_BoundedFile(file))
    except _BROKEN as error:
        raise Rejected("file", Reason.NOT_AN_ARCHIVE) from error
    with packed:
        yield Archive(packed, size)


def _list_entries(infos: list[zipfile.ZipInfo]) -> Iterator[ArchiveEntry]:
    """Folders and what systems leave behind are not told."""
    seen: set[str] = set()
    for number, info in enumerate(infos):
        path = unicodedata.normalize("NFC", _read_name(info)).replace("\\", "/")
        if path.endswith("/") or _LEFT_BY_SYSTEMS.intersection(path.split("/")):
            continue
        reason = Reason.SAME_NAME if path.casefold() in seen else _judge(info, path)
        seen.add(path.casefold())
        fault = Rejected("file", reason) if reason else None
        yield ArchiveEntry(clean_line(path)[:LONGEST_NAME], info.file_size, number, fault)


def _judge(info: zipfile.ZipInfo, path: str) -> Reason | None:
    """Why an entry may not be read."""
    mode = S_IFMT(info.external_attr >> 16)
    checks = {
        Reason.UNSAFE_ENTRY: _leads_away(path) or mode not in (0, S_IFREG),
        Reason.ENCRYPTED_FILE: info.flag_bits & _ENCRYPTED,
        Reason.FORMAT_NOT_ACCEPTED: info.compress_type not in _PACKINGS,
        Reason.TOO_BIG: info.file_size > LARGEST_ENTRY,
        Reason.TOO_COMPLEX: info.file_size > max(info.compress_size * SWELLING, FLAT),
    }
    return next((reason for reason, holds in checks.items() if holds), None)


def _leads_away(path: str) -> bool:
    """Whether a name is absolute, climbs, names a drive or a stream, or is none."""
    steps = any(part in ("", ".", "..") for part in path.split("/"))
    return steps or ":" in path or len(path) > LONGEST_NAME or bool(UNSEEN.search(path)) or "\n" in path


def _read_name(info: zipfile.ZipInfo) -> str:
    """The name in UTF-8, else as old French software wrote it: in the page of DOS, or in that of Windows."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        dos, windows = (sum(byte in letters for byte in raw) for letters in (_FRENCH_DOS, _FRENCH_WINDOWS))
        return raw.decode("cp1252" if windows > dos else "cp850", errors="replace")
