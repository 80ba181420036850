"""Reading from a service while drawing: a skeleton when it is slow, a sentence when it fails, again when it changes."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import flet as ft

from mes_app.domain.record import Change, Kind
from mes_app.errors import MesError
from mes_app.views.state import keep_page, use_session
from mes_app.views.widgets.boundaries import log_failure
from mes_app.views.widgets.cards import error_card, unexpected_card
from mes_app.views.widgets.skeletons import skeleton_rows

SKELETON_AFTER = 0.3

T = TypeVar("T")


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """What is known of a value: nothing yet (``slow`` once that lasts), the value, or why it cannot be had."""

    value: T | None = None
    failure: Exception | None = None
    slow: bool = False
    reload: Callable[[], None] = lambda: None

    def show(self, render: Callable[[T], ft.Control], skeleton: Callable[[], ft.Control] = skeleton_rows) -> ft.Control:
        """``render(value)`` once there is one; before that nothing, then ``skeleton``; an error card on failure."""
        if self.value is not None:
            return render(self.value)
        if isinstance(self.failure, MesError):
            return error_card(self.failure, retry=self.reload)
        if self.failure:
            return unexpected_card(retry=self.reload)
        return skeleton() if self.slow else ft.Container()


@dataclass(frozen=True)
class _Read(Generic[T]):
    """An outcome and the dependencies it was read for: what was read for others is not shown."""

    dependencies: tuple[object, ...]
    value: T | None = None
    failure: Exception | None = None
    slow: bool = False


def use_loaded(
    load: Callable[[], Awaitable[T]], dependencies: Sequence[Any], kinds: Collection[Kind] = ()
) -> Loaded[T]:
    """What ``load`` gives, read again when ``dependencies`` change, and when a record of ``kinds`` does.

    The profile belongs to the dependencies. The value shown stays on screen
    while it is read again for the same dependencies. ``load`` must not give None.
    """
    key = tuple(dependencies)
    read, set_read = ft.use_state(_Read[T](key))
    turn, set_turn = ft.use_state(0)

    async def run() -> None:
        slow = asyncio.get_running_loop().call_later(
            SKELETON_AFTER, lambda: set_read(lambda old: old if old.dependencies == key else _Read(key, slow=True))
        )
        try:
            set_read(_Read(key, value=await load()))
        except Exception as failure:  # noqa: BLE001 - Flet loses the exceptions of effects; it is logged and shown here
            if not isinstance(failure, MesError):
                log_failure("loading", failure)
            set_read(_Read(key, failure=failure))
        finally:
            slow.cancel()

    ft.use_effect(run, [*key, turn], cleanup=lambda: None)
    use_changes(kinds, lambda: set_turn(lambda old: old + 1))
    shown = read if read.dependencies == key else _Read[T](key)
    return Loaded(shown.value, shown.failure, shown.slow, reload=lambda: set_turn(lambda old: old + 1))


def use_changes(kinds: Collection[Kind], react: Callable[[], None]) -> None:
    """Call ``react`` on the event loop after each transaction that touched one of ``kinds``.

    Without ``kinds`` there is nothing to hear: it may then be used while the vault is locked.
    """
    session = use_session()
    stop: ft.MutableRef[Callable[[], None]] = ft.use_ref()
    latest: ft.MutableRef[Callable[[], None]] = ft.use_ref()
    latest.current = react

    def react_now() -> None:
        if latest.current:
            latest.current()

    def listen() -> None:
        if not kinds:
            return
        react_here = keep_page(react_now)

        def heard(changes: frozenset[Change]) -> None:
            if any(change.kind in kinds for change in changes):
                react_here()

        stop.current = session.subscribe(heard)

    ft.use_effect(listen, [], cleanup=lambda: stop.current() if stop.current else None)
