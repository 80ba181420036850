"""Another data key: why one would, what it costs, the secret, then how far it is. Nothing waits for its end."""

import flet as ft

from mes_app.i18n import decimal, t
from mes_app.views import routes
from mes_app.views.state import use_carnets, use_session
from mes_app.views.widgets.boundaries import screen
from mes_app.views.widgets.commands import use_command
from mes_app.views.widgets.entrance import FORM_WIDTH
from mes_app.views.widgets.progress import Progress, progress_panel, use_progress
from mes_app.views.widgets.secret_questions import secret_question
from mes_app.views.widgets.shell import modal_view, page_column
from mes_app.views.widgets.texts import body, bullets, muted, page_title


@screen
def change_key_screen() -> ft.View:
    """Explains, asks the secret and changes the key; then a new recovery code is due."""
    ways, vault = use_session().ways, use_carnets().vault
    done, set_done = ft.use_state(False)
    progress, report = use_progress()

    async def change(secret: str) -> None:
        await ways.change_key(secret, report)
        set_done(True)

    command = use_command(change)
    if done:
        step, shown = "done", _after()
    elif command.running and progress.total:
        step, shown = "work", _working(progress)
    else:
        words = t(f"security.key.ask_{vault.secret_kind()}")
        step, shown = "ask", [*_before(), secret_question(vault, words, t("security.key.start"), command)]
    page = page_column(shown, width=FORM_WIDTH, step=step)
    return modal_view(t("security.key.title"), page, back=routes.SECURITY)


def _before() -> list[ft.Control]:
    vault = use_carnets().vault
    lost = {"recovery": vault.has_recovery(), "biometrics": vault.has_biometrics(), "backups": True}
    consequences = [t(f"security.key.after_{each}") for each, told in lost.items() if told]
    return [body(t("security.key.what")), bullets(consequences)]


def _working(progress: Progress) -> list[ft.Control]:
    counted = t(
        "security.key.progress", done=decimal(progress.done), total=decimal(progress.total), count=progress.total
    )
    return [progress_panel(t("security.key.working"), counted, progress), muted(t("security.key.may_leave"))]


def _after() -> list[ft.Control]:
    button = ft.FilledButton(t("security.no_recovery.create"), on_click=routes.way_to(routes.RECOVERY))
    return [page_title(t("security.key.done")), body(t("security.key.done_told")), button]
