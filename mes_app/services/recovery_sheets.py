"""What keeps a recovery code from being lost: a sheet to print, and a look at whether it was copied right."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from mes_app.crypto.recovery_codes import split_groups
from mes_app.domain.content_types import PDF
from mes_app.domain.documents import Content

__all__ = ["CopyCheck", "RecoverySheets", "ask_groups", "split_groups"]

ASKED = 2
_ALIKE = str.maketrans("OIL", "011")


class RecoverySheets:
    """Draws the sheet of a recovery code, in memory. ``fonts``: the folder of our TTF files."""

    def __init__(self, fonts: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._fonts = fonts
        self._clock = clock

    async def make(self, code: str) -> Content:
        """The PDF that says ``code`` and how to use it, and names nobody."""
        data = await asyncio.to_thread(_render, code, self._clock(), self._fonts)
        return Content(data=data, content_type=PDF, file_name="fiche-recuperation.pdf")


def _render(code: str, now: datetime, fonts: Path) -> bytes:
    from mes_app.pdf.recovery_sheets import render_recovery_sheet  # noqa: PLC0415 - the app starts without reportlab

    return render_recovery_sheet(split_groups(code), now, fonts)


@dataclass(frozen=True, slots=True)
class CopyCheck:
    """Which groups of a code are asked back: their numbers, from 1, in order."""

    numbers: tuple[int, ...]
    groups: tuple[str, ...] = field(repr=False)

    def find_wrong(self, typed: Mapping[int, str]) -> frozenset[int]:
        """The numbers asked for which ``typed`` is not the group. Letters that look alike count as the same."""
        return frozenset(number for number in self.numbers if _fold(typed[number]) != self.groups[number - 1])


def ask_groups(code: str) -> CopyCheck:
    """A check of two groups, which nobody can foresee."""
    groups = split_groups(code)
    numbers = secrets.SystemRandom().sample(range(1, len(groups) + 1), ASKED)
    return CopyCheck(tuple(sorted(numbers)), groups)


def _fold(typed: str) -> str:
    return typed.strip().upper().translate(_ALIKE)
