"""What the service does not have, before it can no longer have it: each change, and a file to keep them in."""

import flet as ft

from mes_app.i18n import t
from mes_app.services.unsent import UnsentChange
from mes_app.views.state import use_session, use_store
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import notice_card, section_card
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.saving import save_button
from mes_app.views.widgets.texts import muted
from mes_app.views.widgets.unsent_rows import unsent_row


@component
def unsent_card(step: str, *, local: bool = False) -> ft.Control:
    """Nothing where all is sent; else how many changes are not, what ``step`` does to them, and which they are.

    With ``local`` also what is only here because no service knows the person.
    """
    session = use_session()
    read = use_loaded(lambda: session.unsent.list(local=local), [session])
    return read.show(lambda found: _card(found, step, local=local) if found else ft.Container())


@component
def _card(changes: list[UnsentChange], step: str, *, local: bool) -> ft.Control:
    session, store = use_session(), use_store()
    file = use_loaded(lambda: session.unsent.export(local=local), [session])

    button = save_button(file.value, t("security.leaving.export"), main=False)
    export = ft.Container(ft.Column([button, muted(t("security.leaving.export_told"))], spacing=8), padding=12)
    return ft.Column(
        [
            notice_card(t(f"security.leaving.unsent_{step}", count=len(changes))),
            section_card(t("security.leaving.unsent"), [*(unsent_row(change, store) for change in changes), export]),
        ],
        spacing=16,
    )
