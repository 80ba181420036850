"""A page that is filled and then saved: its title and its button stand above what scrolls.

There they are always in sight, under neither the keyboard of a phone nor what was just said. The Tab key goes from the
top down among what is in sight: it meets them first and then each field in its turn; below the fields it would meet
them before those that are still to be scrolled to.
"""

from collections.abc import Sequence

import flet as ft

from mes_app.views.widgets.shell import below_header
from mes_app.views.widgets.texts import form_title


def form_page(title: str, button: ft.Control, scrolled: ft.Control, told: Sequence[ft.Control] = ()) -> ft.Control:
    """``title`` with ``button`` beside it, or below where there is no room, and ``told`` under both: what came of it.

    ``scrolled`` takes the rest of the height. Uses hooks: part of every drawing of its component.
    """
    row = ft.Row(
        [form_title(title), button],
        wrap=True,
        spacing=16,
        run_spacing=8,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )
    return below_header([row, *told], scrolled)
