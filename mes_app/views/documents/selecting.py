"""Which documents are chosen in the list, and how a row tells it."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from mes_app.domain.record import Row
from mes_app.i18n import t
from mes_app.views import routes


@dataclass(frozen=True, eq=False)
class Touch:
    """What a row does when it is pressed, and when it is held."""

    press: Callable[[Row], None]
    hold: Callable[[Row], None]


@dataclass(frozen=True)
class Selection:
    """The documents chosen, by our ids; None while none are to be. ``touch`` is the same one at every drawing."""

    ids: frozenset[str] | None
    change: Callable[[frozenset[str] | None], None]
    touch: Touch

    def marks(self, record_id: str) -> bool | None:
        """Whether the document is chosen; None while none are to be."""
        return None if self.ids is None else record_id in self.ids


def use_selection(pid: str) -> Selection:
    """What is chosen in the list of one person: nothing, until a row is held or ``change`` says so."""
    nothing: tuple[str, frozenset[str] | None] = (pid, None)
    state, set_state = ft.use_state(nothing)
    ids = state[1] if state[0] == pid else None
    latest: ft.MutableRef[frozenset[str] | None] = ft.use_ref()
    latest.current = ids

    def toggle(row: Row) -> None:
        latest.current = (latest.current or frozenset()) ^ {row.id}
        set_state((row.profile, latest.current))

    def press(row: Row) -> None:
        if latest.current is None:
            routes.go(routes.document(row.profile, row.id))
        else:
            toggle(row)

    touch: ft.MutableRef[Touch] = ft.use_ref(lambda: Touch(press, toggle))
    return Selection(ids, lambda new: set_state((pid, new)), touch.current)


def chosen_mark(*, chosen: bool) -> ft.Control:
    """Before a row, whether it is chosen; as wide as the icon in whose place it is."""
    icon, key = (ft.Icons.CHECK_CIRCLE_ROUNDED, "chosen") if chosen else (ft.Icons.CIRCLE_OUTLINED, "not_chosen")
    colour = ft.Colors.PRIMARY if chosen else ft.Colors.ON_SURFACE_VARIANT
    mark = ft.Icon(icon, color=colour, semantics_label=t(f"selecting.{key}"))
    return ft.Container(mark, width=40, height=40, alignment=ft.Alignment.CENTER)
