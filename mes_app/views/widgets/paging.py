"""Rows page by page: the next one is read before the end of the list is reached, so that scrolling meets no gap."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import flet as ft

from mes_app.domain.record import Kind
from mes_app.views.widgets.loading import Loaded, use_loaded

PAGE_ROWS = 60
AHEAD = 800
"""How many pixels before the end of a list its next page is asked for."""

R = TypeVar("R")
ReadPage = Callable[[R | None], Awaitable[list[R]]]


@dataclass(frozen=True)
class Pages(Generic[R]):
    """The rows read so far; ``ended`` when there are no more."""

    rows: tuple[R, ...] = ()
    ended: bool = False


@dataclass(frozen=True)
class PagedRows(Generic[R]):
    """What ``use_pages`` gives: the reading, and what to call to have one page more."""

    read: Loaded[Pages[R]]
    more: Callable[[], None]

    def scroll(self, event: ft.OnScrollEvent) -> None:
        """Give this to ``on_scroll`` of the list."""
        if event.pixels > event.max_scroll_extent - AHEAD:
            self.more()


@dataclass
class _Progress:
    """How far one list was read. ``growing``: only the next page is wanted, what is known still holds."""

    key: tuple[object, ...]
    wanted: int = PAGE_ROWS
    growing: bool = False
    pages: Pages[Any] = field(default_factory=Pages)


def use_pages(read_page: ReadPage[R], dependencies: Sequence[object], kinds: Collection[Kind]) -> PagedRows[R]:
    """Read rows with ``read_page``, which is given the last row known. The profile belongs to ``dependencies``.

    After a change of a record of ``kinds``, everything shown so far is read again.
    """
    key = tuple(dependencies)
    ref: ft.MutableRef[_Progress] = ft.use_ref(lambda: _Progress(key))

    async def load() -> Pages[R]:
        if ref.current.key != key:
            ref.current = _Progress(key)
        progress = ref.current
        known: Pages[R] = progress.pages if progress.growing else Pages()
        progress.growing = False
        while not known.ended and len(known.rows) < progress.wanted:
            page = await read_page(known.rows[-1] if known.rows else None)
            known = Pages((*known.rows, *page), ended=len(page) < PAGE_ROWS)
        progress.pages = known
        return known

    read = use_loaded(load, key, kinds)

    def more() -> None:
        progress = ref.current
        if progress.key == key and not progress.pages.ended and len(progress.pages.rows) >= progress.wanted:
            progress.wanted += PAGE_ROWS
            progress.growing = True
            read.reload()

    return PagedRows(read, more)
