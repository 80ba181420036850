"""Take a document out of the vault, at the person's own request: save it, or hand it to another app.

The bytes go to the place, or the app, that the person chooses in the system's own dialog. What another app is to open
is in clear in a temporary folder: on phones, where no other app can look there, until it has it; on a computer, where
only this user can, for some minutes at most.
"""

import flet as ft

from mes_app.domain.documents import Content
from mes_app.errors import NotAllowed
from mes_app.i18n import t
from mes_app.i18n.explanations import explain
from mes_app.services.outside import MINUTES
from mes_app.views.state import use_carnets, use_session, use_store
from mes_app.views.widgets.boundaries import component


@component
def save_button(content: Content | None, words: str = "", *, main: bool = True) -> ft.Control:
    """The button that asks where, saves ``content``, and says so; waits while there is none.

    Filled where it is the ``main`` one of its screen. ``words``: others than « Enregistrer ».
    """
    picker: ft.MutableRef[ft.FilePicker] = ft.use_ref(ft.FilePicker)
    auto_lock, store = use_carnets().auto_lock, use_store()

    async def save() -> None:
        if content is None:
            return
        page = ft.context.page
        auto_lock.expect_absence()
        place = await picker.current.save_file(file_name=content.file_name, src_bytes=content.data)
        if place or page.web:
            store.tell(t("files.saved"))

    button = ft.FilledButton if main else ft.OutlinedButton
    return button(words or t("files.save"), icon=ft.Icons.DOWNLOAD_ROUNDED, on_click=save, disabled=content is None)


def share_buttons(content: Content | None) -> list[ft.Control]:
    """The button that hands ``content`` to another app, where the platform has a way to; else nothing.

    In a browser too: what it shows comes from this very computer, whose app can do more with a document than a tab.
    """
    page, session = ft.context.page, use_session()
    if page.platform and page.platform.is_mobile():
        return [] if page.web else [_share_button(content)]
    return [_open_button(content)] if session.outside.takes(content) else []


@component
def _open_button(content: Content | None) -> ft.Control:
    outside, auto_lock, store = use_session().outside, use_carnets().auto_lock, use_store()

    async def open_outside() -> None:
        if content is None:
            return
        auto_lock.expect_absence()
        try:
            await outside.open(content)
        except NotAllowed as error:
            told = explain(error)
            words = f"{told.what} {told.next}"
        else:
            words = t("files.opened_outside", minutes=MINUTES)
        store.tell(words)

    return ft.OutlinedButton(
        t("files.open_outside"), icon=ft.Icons.OPEN_IN_NEW_ROUNDED, on_click=open_outside, disabled=content is None
    )


@component
def _share_button(content: Content | None) -> ft.Control:
    sharing: ft.MutableRef[ft.Share] = ft.use_ref(ft.Share)
    carnets = use_carnets()

    async def share() -> None:
        if content is None:
            return
        with carnets.open_temporary() as folder:  # handed over as bytes, the system would keep it where we cannot
            place = folder / content.file_name
            place.write_bytes(content.data)
            file = ft.ShareFile(path=str(place), mime_type=content.content_type, name=content.file_name)
            carnets.auto_lock.expect_absence()
            await sharing.current.share_files([file])

    return ft.OutlinedButton(
        t("files.share"), icon=ft.Icons.OPEN_IN_NEW_ROUNDED, on_click=share, disabled=content is None
    )
