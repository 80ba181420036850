"""Files that a person picked: where they are, or the bytes that a browser hands over."""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path

import flet as ft

from mes_app.domain.folding import fold
from mes_app.errors import Reason, Rejected
from mes_app.services.adding import LARGEST_READ
from mes_app.services.importing import Picked
from mes_app.views.state import use_carnets

_NUMBERS = re.compile("[0-9]+")
_FIGURES = 20
"""More than a number in a name of a file has, that of a camera included."""


def use_picker(*, several: bool = True) -> Callable[[ft.FilePickerFileType], Awaitable[list[ft.FilePickerFile]]]:
    """What asks for files of one kind, ``several`` at once: in the order of the person; none where they gave up."""
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)
    auto_lock = use_carnets().auto_lock

    async def pick(kind: ft.FilePickerFileType) -> list[ft.FilePickerFile]:
        auto_lock.expect_absence()
        web = bool(ft.context.page.web)
        picked = await picker.current.pick_files(file_type=kind, allow_multiple=several, with_data=web) or []
        return order_picked(picked) if web else picked

    return pick


def order_picked(picked: Sequence[ft.FilePickerFile]) -> list[ft.FilePickerFile]:
    """By name, the second before the tenth: a browser hands files over as each was read, in no order."""
    return sorted(picked, key=lambda file: _NUMBERS.sub(_pad, fold(file.name)))


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


def _pad(number: re.Match[str]) -> str:
    return number[0].zfill(_FIGURES)
