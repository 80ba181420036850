"""The files that a person picked to add: read, judged and made light one by one, those refused kept in sight."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import flet as ft

from mes_app.errors import MesError
from mes_app.services.adding import Prepared, prepare_file, sketch_photo
from mes_app.views.widgets.picked_files import read_picked

_numbers = count()


@dataclass(frozen=True, eq=False)
class Item:
    """One file of the list: ready, with a sketch of what it shows where it is a photo; or refused."""

    number: int
    name: str
    ready: Prepared | None = None
    sketch: bytes | None = None
    refused: MesError | None = None


async def read_items(
    picked: Sequence[ft.FilePickerFile], keep: Callable[[Item], None], report: Callable[[int, int], None]
) -> None:
    """Give each file to ``keep`` as soon as it is ready or refused; ``report`` hears how many are, and of all."""
    for done, file in enumerate(picked, start=1):
        keep(await asyncio.to_thread(_read_item, file))
        report(done, len(picked))


def move_item(items: Sequence[Item], item: Item, step: int) -> tuple[Item, ...]:
    """``items`` with one of them ``step`` places further; as they are where there is no such place."""
    place = items.index(item)
    if not 0 <= place + step < len(items):
        return tuple(items)
    others = [each for each in items if each is not item]
    return (*others[: place + step], item, *others[place + step :])


def _read_item(file: ft.FilePickerFile) -> Item:
    try:
        ready = prepare_file(read_picked(file))
        return Item(next(_numbers), file.name, ready, sketch_photo(ready))
    except MesError as error:
        return Item(next(_numbers), file.name, refused=error)
