"""How far the contents of documents are read: until they all are, a search may miss some.

The list asks only whether some wait: it would be drawn again for each few that are read.
"""

from collections.abc import Callable
from typing import TypeVar

import flet as ft

from mes_app.i18n import decimal, t
from mes_app.services.indexing import Progress
from mes_app.services.session import Session
from mes_app.views.state import keep_page, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.texts import muted

WORTH_TELLING = 20
"""Contents that are read in less than a moment are read without a word."""

T = TypeVar("T")


def use_indexing(session: Session, look: Callable[[Progress | None], T]) -> T:
    """What ``look`` makes of how far they are read, None once they all are; draws again when that changes."""
    seen, set_seen = ft.use_state(look(session.indexing.progress))
    stop: ft.MutableRef[Callable[[], None]] = ft.use_ref()

    def hear(progress: Progress | None) -> None:
        set_seen(look(progress))

    def listen() -> None:
        hear(session.indexing.progress)
        stop.current = session.indexing.subscribe(keep_page(hear))

    ft.use_effect(listen, [session], cleanup=lambda: stop.current() if stop.current else None)
    return seen


@component
def indexing_bar() -> ft.Control:
    """A bar and its words, nothing where there is little to read."""
    progress = use_indexing(use_session(), lambda progress: progress)
    if progress is None or progress.total < WORTH_TELLING:
        return ft.Container(visible=False)
    words = t("search.reading", done=decimal(progress.done), total=decimal(progress.total))
    bar = ft.ProgressBar(value=progress.done / progress.total, semantics_label=words)
    return ft.Column([bar, muted(words)], spacing=4)
