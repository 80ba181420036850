"""Work that lasts, told in numbers: how much is done, of how much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from mes_app.views.state import use_carnets
from mes_app.views.widgets.texts import announced, body, muted

STEPS = 200


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total``, in what the work counts; nothing is known before the first report."""

    done: int = 0
    total: int = 0


def use_progress() -> tuple[Progress, Callable[[int, int], None]]:
    """How far the work is, and what it reports to. Drawn again at each of 200 steps, however often it reports.

    As long as it goes on the vault does not lock for want of a touch: that would interrupt it.
    """
    progress, set_progress = ft.use_state(Progress())
    auto_lock = use_carnets().auto_lock

    def report(done: int, total: int) -> None:
        auto_lock.note_activity()
        set_progress(lambda old: old if _step(old) == _step(Progress(done, total)) else Progress(done, total))

    return progress, report


def progress_panel(title: str, counted: str, progress: Progress, controls: Sequence[ft.Control] = ()) -> ft.Control:
    """``title`` and how far it is: a bar, and the words ``counted``; then ``controls``."""
    share = progress.done / progress.total if progress.total else None
    bar = ft.ProgressBar(value=share, border_radius=4, bar_height=8, semantics_label=title)
    words = [muted(counted)] if progress.total else []
    told = announced(ft.Column([body(title), bar, *words], spacing=8))
    return ft.Column([told, *controls], spacing=16)


def _step(progress: Progress) -> tuple[int, int]:
    return progress.total, progress.done * STEPS // max(progress.total, 1)
