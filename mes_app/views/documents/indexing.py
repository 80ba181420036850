"""How far the contents of documents are read: until they all are, a search may miss some."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import decimal, t
from mes_app.services.indexing import Progress
from mes_app.services.session import Session
from mes_app.views.state import keep_page
from mes_app.views.widgets.texts import muted

WORTH_TELLING = 20
"""Contents that are read in less than a moment are read without a word."""


def use_indexing(session: Session) -> Progress | None:
    """How far they are read, None once they all are."""
    progress, set_progress = ft.use_state(session.indexing.progress)
    stop: ft.MutableRef[Callable[[], None]] = ft.use_ref()

    def listen() -> None:
        set_progress(session.indexing.progress)
        stop.current = session.indexing.subscribe(keep_page(set_progress))

    ft.use_effect(listen, [session], cleanup=lambda: stop.current() if stop.current else None)
    return progress


def tell_indexing(progress: Progress | None) -> list[ft.Control]:
    """A bar and its words, nothing where there is little to read."""
    if progress is None or progress.total < WORTH_TELLING:
        return []
    words = t("search.reading", done=decimal(progress.done), total=decimal(progress.total))
    return [ft.ProgressBar(value=progress.done / progress.total, semantics_label=words), muted(words)]
