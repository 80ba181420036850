"""Folders: where a person puts documents on this device, by names of their own."""

from dataclasses import dataclass

from mes_app.domain.texts import clean_line
from mes_app.errors import Reason, Rejected

LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its name, and how many documents are in it."""

    name: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where a document is: in the folder of this name, empty in none; ``pinned`` above the others."""

    folder: str = ""
    pinned: bool = False


def check_name(typed: str) -> str:
    """The name of a folder as it was typed. Raises Rejected("name", MISSING or TOO_LONG)."""
    name = clean_line(typed)
    if not name:
        raise Rejected("name", Reason.MISSING)
    if len(name) > LONGEST_NAME:
        raise Rejected("name", Reason.TOO_LONG)
    return name
