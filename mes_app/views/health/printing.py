"""The booklet of a child as a PDF."""

import flet as ft

from mes_app.views.state import use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.previews import open_preview
from mes_app.views.widgets.prints import print_parts


@component
def printing_panel() -> ft.Control:
    """The pages, and the buttons that take them out."""
    session, pid = use_session(), use_profile().pid
    made = use_loaded(lambda: open_preview(session, session.booklets.print(pid)), [pid])
    return ft.Column(print_parts(made, "booklet", pid), spacing=0, expand=True)
