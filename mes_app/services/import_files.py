"""The files chosen for an import: each read where it is, whole or one entry at a time, and put nowhere."""

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from mes_app.errors import Reason, Rejected
from mes_app.formats.archives import Archive, ArchiveEntry, open_archive

LARGEST_FILE = 60_000_000
"""Bytes of one document that is looked at, as for those that are added."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OFFICE = ("[Content_Types].xml", "mimetype")


@dataclass(frozen=True, slots=True)
class Picked:
    """One file: at ``path``, else its bytes, as a browser hands them over."""

    name: str
    path: Path | None = None
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a content is: the file of that number, or one entry of it."""

    file: int
    entry: ArchiveEntry | None = None


class Shelf:
    """The files while they are looked at; archives stay open as long as the block runs."""

    def __init__(self, files: Sequence[Picked]) -> None:
        self.files = files
        self._opened: dict[int, Archive | None] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def archive(self, number: int) -> Archive | None:
        """The archive that a file is; None for any other file, those of offices among them.

        Raises Rejected("file"): NO_SUCH_FILE, NOT_AN_ARCHIVE, OVERSIZED_ARCHIVE.
        """
        if number not in self._opened:
            self._opened[number] = self._open_archive(number)
        return self._opened[number]

    def read(self, place: Place, limit: int = LARGEST_FILE) -> bytes:
        """The bytes at ``place``. Raises Rejected("file"): TOO_BIG above ``limit``, NO_SUCH_FILE, and as an archive."""
        if place.entry:
            archive = self.archive(place.file)
            if archive is None:
                raise Rejected("file", Reason.NOT_AN_ARCHIVE)
            return archive.read(place.entry, limit)
        try:
            with ExitStack() as stack:
                data = stack.enter_context(self._open(place.file)).read(limit + 1)
        except OSError as error:
            raise Rejected("file", Reason.NO_SUCH_FILE) from error
        if len(data) > limit:
            raise Rejected("file", Reason.TOO_BIG)
        return data

    def _open_archive(self, number: int) -> Archive | None:
        try:
            file = self._stack.enter_context(self._open(number))
            is_zip = file.read(4) in _ZIP
        except OSError as error:
            raise Rejected("file", Reason.NO_SUCH_FILE) from error
        if not is_zip:
            return None
        archive = self._stack.enter_context(open_archive(file))
        return None if any(archive.find(name) for name in _OFFICE) else archive

    def _open(self, number: int) -> BinaryIO:
        picked = self.files[number]
        return picked.path.open("rb") if picked.path else io.BytesIO(picked.data)
