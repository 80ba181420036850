"""The measures of a person as a table, saved where they want it."""

import flet as ft

from mes_app.i18n import t
from mes_app.views.state import use_carnets, use_profile, use_session
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error

FILE_NAME = "mesures.csv"
"""The same for all: a file name tells nothing of anybody's health."""


@component
def table_button(measure: str = "") -> ft.Control:
    """Saves the values of ``measure``, else of all, of the profile in the address, and says so."""
    session, pid, auto_lock = use_session(), use_profile().pid, use_carnets().auto_lock
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)

    async def save() -> None:
        page = ft.context.page
        table = await session.measure_exports.write(pid, measure)
        auto_lock.expect_absence()
        if await picker.current.save_file(file_name=FILE_NAME, src_bytes=table.data) or page.web:
            page.show_dialog(ft.SnackBar(ft.Text(t("files.saved"))))

    saving = use_command(save)
    button = ft.OutlinedButton(
        t("measures.export"), icon=ft.Icons.DOWNLOAD_ROUNDED, on_click=saving.run, disabled=saving.running
    )
    return ft.Column([ft.Row([button], wrap=True), *other_error(saving.error)], spacing=8)
