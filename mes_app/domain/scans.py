"""A medical image to look at: its frames and the grey values that can be told apart. Nothing of whose it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The grey values shown from black to white: ``width`` of them around ``centre``. ``name`` is the file's."""

    centre: float
    width: float
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """``presets``: the windows the file proposes, else the one that shows all of its first frame; none in colour.

    ``lowest``, ``highest``: the grey values there are. ``modality``: DICOM's two letters (CT, MR, US…).
    """

    frames: int
    columns: int
    rows: int
    presets: tuple[Window, ...] = ()
    lowest: float = 0
    highest: float = 0
    modality: str = ""
