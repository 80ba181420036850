"""Files that a person picked, as the import takes them: where they are, or the bytes that a browser hands over."""

from collections.abc import Iterable
from pathlib import Path

import flet as ft

from mes_app.services.importing import Picked


def list_picked(files: Iterable[ft.FilePickerFile]) -> list[Picked]:
    """The same files."""
    return [Picked(one.name, Path(one.path) if one.path else None, one.bytes or b"") for one in files]


def is_archive(file: ft.FilePickerFile) -> bool:
    """Whether it is called as archives are."""
    return file.name.lower().endswith(".zip")
