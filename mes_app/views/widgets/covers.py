"""What hides a screen from whoever sees the app without using it: the list of apps used last, a locked phone held up.

It is painted over the screen and takes nothing away: what was typed and how far was scrolled are found again. In Flet
1.0.5 nothing else lies above an app bar, which names the person.
"""

import flet as ft

from mes_app.views.state import use_cover

ICON, ICON_PIXELS = 96, 1024


def use_cover_paint() -> ft.BoxDecoration:
    """The ``foreground_decoration`` of each view, and of each sheet, that shows something of a record.

    Transparent while somebody uses the app; a view that had none then would be built anew.
    """
    if not use_cover().drawn:
        return ft.BoxDecoration(bgcolor=ft.Colors.TRANSPARENT)
    icon = ft.DecorationImage(src="/icon.png", fit=ft.BoxFit.NONE, scale=ICON_PIXELS / ICON)
    return ft.BoxDecoration(bgcolor=ft.Colors.SURFACE, image=icon)
