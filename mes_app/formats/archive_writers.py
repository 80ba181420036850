"""Write the ZIP of a dossier, one piece after the other, each file with its size and digest for the manifest.

Nothing is held but the piece at hand and the list of files. No words, no records: what goes in is decided elsewhere.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from mes_app.domain.archives import ArchivedFile

_PRIVATE = 0o100600 << 16
_EARLIEST = 1980
"""The first year that a ZIP can tell."""


class Pieces:
    """A file being written to ``entry``: its bytes so far, and their digest."""

    def __init__(self, entry: IO[bytes]) -> None:
        self.size = 0
        self.digest = hashlib.sha256()
        self._entry = entry

    def write(self, piece: bytes) -> None:
        """Add ``piece`` at its end."""
        self._entry.write(piece)
        self.digest.update(piece)
        self.size += len(piece)


class ArchiveWriter:
    """A ZIP written to ``file``, all its files dated ``made_at``. Of use to one thread at a time, until ``close``."""

    def __init__(self, file: BinaryIO, made_at: datetime) -> None:
        self._zip = ZipFile(file, "w")
        self._date = made_at.timetuple()[:6] if made_at.year >= _EARLIEST else (_EARLIEST, 1, 1, 0, 0, 0)
        self.files: list[ArchivedFile] = []

    def add(self, path: str, data: bytes, *, packed: bool = True) -> ArchivedFile:
        """One whole file. ``packed``: made smaller, which is lost work on what already is."""
        with self.begin(path, packed=packed) as pieces:
            pieces.write(data)
        return self.files[-1]

    @contextmanager
    def begin(self, path: str, *, packed: bool = True) -> Iterator[Pieces]:
        """A file written in pieces; it counts among ``files`` once all are there."""
        info = ZipInfo(path, self._date)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = _PRIVATE
        with self._zip.open(info, "w") as entry:
            pieces = Pieces(entry)
            yield pieces
        self.files.append(ArchivedFile(path=path, size=pieces.size, sha256=pieces.digest.hexdigest()))

    def close(self) -> None:
        """End the ZIP; the file itself stays open. Closing twice is nothing."""
        self._zip.close()
