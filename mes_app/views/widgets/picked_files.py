"""Files that a person picked: where they are, or the bytes that a browser hands over."""

from collections.abc import Iterable
from pathlib import Path

import flet as ft

from mes_app.errors import Reason, Rejected
from mes_app.services.adding import LARGEST_READ
from mes_app.services.importing import Picked


def list_picked(files: Iterable[ft.FilePickerFile]) -> list[Picked]:
    """The same files, as the import takes them."""
    return [Picked(one.name, Path(one.path) if one.path else None, one.bytes or b"") for one in files]


def is_archive(file: ft.FilePickerFile) -> bool:
    """Whether it is called as archives are."""
    return file.name.lower().endswith(".zip")


def read_picked(file: ft.FilePickerFile) -> bytes:
    """The bytes of a file. Slow: to be run on a thread. Raises Rejected("file", TOO_BIG or NO_SUCH_FILE)."""
    if file.size > LARGEST_READ:
        raise Rejected("file", Reason.TOO_BIG)
    if file.path is None:
        return file.bytes or b""
    try:
        return Path(file.path).read_bytes()
    except OSError:
        raise Rejected("file", Reason.NO_SUCH_FILE) from None
