"""The measures of a person taken away, saved where they want it, and the way to bring others."""

import flet as ft

from mes_app.i18n import t
from mes_app.services.measure_exports import ExportForm
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_profile, use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.fields import other_error

FILE_NAMES = {ExportForm.CSV: "mesures.csv", ExportForm.FHIR: "mesures.json"}
"""The same for all: a file name tells nothing of anybody's health."""


@component
def file_buttons(measure: str = "") -> ft.Control:
    """Save the values of ``measure``, else of all, of the profile in the address; bring those of a file."""
    session, store, pid, auto_lock = use_session(), use_store(), use_profile().pid, use_carnets().auto_lock
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)

    async def save(form: ExportForm) -> None:
        page = ft.context.page
        written = await session.measure_exports.write(pid, measure, form)
        auto_lock.expect_absence()
        if await picker.current.save_file(file_name=FILE_NAMES[form], src_bytes=written.data) or page.web:
            store.tell(t("files.saved"))

    saving = use_command(save)

    def export_button(form: ExportForm) -> ft.Control:
        async def run() -> None:
            await saving.run(form)

        words = t(f"measure_files.export_{form}")
        return ft.OutlinedButton(words, icon=ft.Icons.DOWNLOAD_ROUNDED, on_click=run, disabled=saving.running)

    buttons = [*map(export_button, ExportForm), import_button(pid)]
    return ft.Column([ft.Row(buttons, spacing=8, run_spacing=8, wrap=True), *other_error(saving.error)], spacing=8)


def import_button(pid: str) -> ft.Control:
    """To where measures of a file are added."""
    way = routes.way_to(routes.measure_import(pid))
    return ft.OutlinedButton(t("measure_files.title"), icon=ft.Icons.UPLOAD_FILE_ROUNDED, on_click=way)
