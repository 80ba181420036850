"""Everything shown while a vault is closed, as a stack of two views: what it says first, and the screen of now.

No name and nothing of a record appears here; only the holder's own emergency information may, where chosen so.
"""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.services.vault import VaultState
from mes_app.views.lock.emergency import emergency_view
from mes_app.views.lock.recovering import code_screen, new_secret_screen
from mes_app.views.lock.starting_over import starting_over_screen
from mes_app.views.lock.state import Closed, Step
from mes_app.views.lock.unlocking import try_again_screen, unlock_screen
from mes_app.views.lock.ways import damaged_screen, forgotten_screen, recoverable_screen
from mes_app.views.widgets.restore_screens import restore_screen

Draw = Callable[[Closed], ft.View]

_FIRST: dict[VaultState, Draw] = {
    VaultState.RECOVERABLE: recoverable_screen,
    VaultState.DAMAGED: damaged_screen,
}
_ABOVE: dict[Step, Draw] = {
    Step.EMERGENCY: lambda closed: emergency_view(closed.go_back),
    Step.FORGOTTEN: forgotten_screen,
    Step.UNLOCK: try_again_screen,
    Step.CODE: code_screen,
    Step.SECRET: new_secret_screen,
    Step.RESTORE: lambda closed: restore_screen(closed.restoring, closed.go_back),
    Step.START_OVER: starting_over_screen,
}


@ft.component
def closed_views(state: VaultState) -> Sequence[ft.View]:
    """The views of a vault in ``state``; the arrow, the system's back and a swipe all go to the screen before."""
    closed, _ = ft.use_state(Closed())
    page = ft.context.page

    def listen() -> None:
        page.on_view_pop = lambda _event: closed.go_back()

    def stop() -> None:
        page.on_view_pop = None

    ft.use_effect(listen, [], cleanup=stop)
    first = _FIRST.get(state, unlock_screen)
    return [first(closed), *([_ABOVE[closed.step](closed)] if closed.step else [])]
