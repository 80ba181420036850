"""Another PIN or passphrase: the present one first, then the new one twice."""

from collections.abc import Callable

import flet as ft

from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_session, use_store
from mes_app.views.widgets.boundaries import component, screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.new_secret import use_new_secret
from mes_app.views.widgets.secret_questions import secret_question
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import muted, page_title


@screen
def change_secret_screen() -> ft.View:
    """Asks both and comes back to the overview."""
    kind, ways = use_carnets().vault.secret_kind(), use_session().ways
    present, set_present = ft.use_state("")

    async def prove(secret: str) -> None:
        await ways.confirm(secret)
        set_present(secret)

    asked = secret_question(
        use_carnets().vault, t(f"security.change.present_{kind}"), t("app.continue"), use_command(prove)
    )
    content = _new_secret(present, lambda: set_present("")) if present else asked
    return modal_view(
        t(f"security.change.title_{kind}"), page_column([content], width=FORM_WIDTH), back=routes.SECURITY
    )


@component
def _new_secret(present: str, forget: Callable[[], None]) -> ft.Control:
    kind, ways, store = use_carnets().vault.secret_kind(), use_session().ways, use_store()

    async def keep(new: str) -> None:
        await ways.change_secret(present, new)
        forget()
        store.tell(t(f"security.change.changed_{kind}"))
        routes.go(routes.SECURITY)

    asked = use_new_secret(kind, keep)
    return ft.Column(
        [page_title(asked.title), muted(asked.hint), *asked.controls],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
