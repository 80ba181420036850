"""Text with its structure, as a clinical document holds it: headings, paragraphs, lists and tables. Nothing active."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one weight; a line break in it is one on the page."""

    text: str
    strong: bool = False
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list. ``depth``: how many lists it is in besides its own; ``number``: from 1, 0 for a dot."""

    runs: tuple[Run, ...]
    depth: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, row by row, all rows as wide; ``header`` is empty where columns have no names."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Block = Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part with its heading, which may be empty; ``depth`` from 0."""

    title: str
    blocks: tuple[Block, ...]
    depth: int = 0


def join_runs(runs: Iterable[Run]) -> str:
    """The text alone."""
    return "".join(run.text for run in runs)
