"""What a backup holds, as one stream: a list of files, then their bytes in the order of the list, nothing in between.

Only names of a vault's own files are on the list: whoever made a backup, nothing is written anywhere else, and there
are no paths, links or modes to be careful of.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec

from mes_app.crypto.durable_files import sync_folder, write_file
from mes_app.errors import Reason, Unreadable
from mes_app.store.rooms import require_room

DATABASE = "vault.db"
SETTINGS = "settings.json"
CONTENTS = "documents"

Report = Callable[[int, int], None]

_PIECE = 256 * 1024
_LENGTH_SIZE = 4
_LONGEST_LIST = 64 * 1024 * 1024
_NAMES = rf"\A({DATABASE}|{SETTINGS}|{CONTENTS}/[0-9a-f-]{{36}})\Z"


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its place in the folder of a vault, and its bytes."""

    name: Annotated[str, msgspec.Meta(pattern=_NAMES)]
    size: Annotated[int, msgspec.Meta(ge=0)]


def pack_files(files: Mapping[str, Path], place: Path, report: Report) -> Iterator[bytes]:
    """The stream of ``files``, given by their names in it. ``report`` hears bytes done and in all.

    Raises Unreadable(DISK_FULL) before the first byte where the folder ``place``, to which the stream goes, has no room
    for all. The files must not change meanwhile: Unreadable(DAMAGED) when one became shorter.
    """
    items = [Item(name, path.stat().st_size) for name, path in files.items()]
    progress = _Progress(items, report)
    require_room(place, progress.total)
    listed = msgspec.json.encode(items)
    yield len(listed).to_bytes(_LENGTH_SIZE, "big") + listed
    for item in items:
        with files[item.name].open("rb") as file:
            for piece in _read_all(file, item.size):
                yield piece
                progress.add(piece)


def unpack_files(chunks: Iterator[bytearray], folder: Path, report: Report) -> None:
    """Write the files of a stream to ``folder``, which is empty, and have them on the disk.

    Raises what ``chunks`` raise, Unreadable(DAMAGED) for any other stream than ``pack_files`` gives, DISK_FULL before
    anything is written where there is no room for all. What was written until then stays.
    """
    stream = _Stream(chunks)
    items = _read_list(stream)
    progress = _Progress(items, report)
    require_room(folder, progress.total)
    contents = folder / CONTENTS
    contents.mkdir(mode=0o700)
    for item in items:
        with write_file(folder / item.name) as file:
            for piece in stream.take(item.size):
                file.write(piece)
                progress.add(piece)
    stream.require_end()
    sync_folder(contents)
    sync_folder(folder)


class _Stream:
    """The plain bytes of a backup, taken in portions that do not care where chunks end."""

    def __init__(self, chunks: Iterator[bytearray]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def take(self, size: int) -> Iterator[memoryview]:
        """The next ``size`` bytes, in pieces."""
        while size:
            if not self._left:
                self._left = memoryview(next(self._chunks, b""))
            piece, self._left = self._left[:size], self._left[size:]
            if not piece:
                raise Unreadable(Reason.DAMAGED)
            size -= len(piece)
            yield piece

    def require_end(self) -> None:
        """Raise Unreadable(DAMAGED) unless everything was taken. Only now is the stream known to be whole."""
        if self._left or next(self._chunks, None) is not None:
            raise Unreadable(Reason.DAMAGED)


class _Progress:
    """Counts the bytes that have passed and tells of each piece."""

    def __init__(self, items: list[Item], report: Report) -> None:
        self.total = sum(item.size for item in items)
        self._done = 0
        self._report = report

    def add(self, piece: bytes | memoryview) -> None:
        """``piece`` is done."""
        self._done += len(piece)
        self._report(self._done, self.total)


def _read_list(stream: _Stream) -> list[Item]:
    length = int.from_bytes(b"".join(stream.take(_LENGTH_SIZE)), "big")
    if length > _LONGEST_LIST:
        raise Unreadable(Reason.DAMAGED)
    try:
        items = msgspec.json.decode(b"".join(stream.take(length)), type=list[Item])
    except msgspec.MsgspecError:
        raise Unreadable(Reason.DAMAGED) from None
    names = {item.name for item in items}
    if DATABASE not in names or len(names) < len(items):
        raise Unreadable(Reason.DAMAGED)
    return items


def _read_all(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        piece = file.read(min(size, _PIECE))
        if not piece:
            raise Unreadable(Reason.DAMAGED)
        size -= len(piece)
        yield piece
