"""A sheet above the screen: its title, how to put it away, and what it holds, which scrolls."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.i18n import t
from mes_app.views.theme import TARGET
from mes_app.views.widgets.texts import section_title


def bottom_sheet(
    title: str,
    controls: Sequence[ft.Control],
    close: Callable[[], None],
    paint: ft.BoxDecoration,
    *,
    beside: Sequence[ft.Control] = (),
    spacing: int = 8,
) -> ft.BottomSheet:
    """``controls`` under ``title`` and what stands ``beside`` it, painted over with ``paint``.

    ``close`` is called when it is put away.
    """
    closer = ft.IconButton(
        ft.Icon(ft.Icons.CLOSE_ROUNDED, semantics_label=t("app.close")), on_click=close, width=TARGET, height=TARGET
    )
    heading = ft.Row([ft.Container(section_title(title), expand=True), *beside, closer])
    content = ft.Container(
        ft.Column([heading, *controls], spacing=spacing, scroll=ft.ScrollMode.AUTO, tight=True),
        padding=ft.Padding.only(left=24, right=16, top=12, bottom=32),
        foreground_decoration=paint,
    )
    return ft.BottomSheet(content, scrollable=True, on_dismiss=close)
