"""Files that are brought into a dossier: how far it is, and what came of it, told alike whatever they are."""

from collections.abc import Callable, Sequence

import flet as ft

from mes_app.i18n import decimal, t
from mes_app.services.importing import Imported
from mes_app.services.measure_imports import ImportedMeasures
from mes_app.views import routes
from mes_app.views.widgets.fields import other_error
from mes_app.views.widgets.progress import Progress, progress_panel
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import body, page_title


def working_page(words: str, progress: Progress, stop: Callable[[], None], *, title: str = "") -> ft.Control:
    """What is being done, how far it is, and the button that stops it."""
    counted = t("app.counted", done=decimal(progress.done), total=decimal(progress.total))
    cancel = ft.Row([ft.OutlinedButton(t("app.cancel"), on_click=stop)])
    return page_column([progress_panel(t(words), counted, progress, [cancel])], title=title, step="work")


def done_page(
    topic: str,
    done: Imported | ImportedMeasures,
    see: str,
    begin_again: Callable[[], None],
    told: Sequence[ft.Control] = (),
) -> ft.Control:
    """What came of it in the words of ``topic``, and ``told``; then the ways to the address ``see``, and to more."""
    ways: list[ft.Control] = [
        ft.FilledButton(t(f"{topic}.see"), on_click=routes.way_to(see)),
        ft.OutlinedButton(t(f"{topic}.choose_others"), on_click=begin_again),
    ]
    lines = [
        page_title(t(f"{topic}.held" if done.left else f"{topic}.done")),
        body(t(f"{topic}.added", count=done.added)),
        *([body(t(f"{topic}.left", count=done.left))] if done.left else []),
        *other_error(done.ended),
        *told,
        ft.Row(ways, spacing=8, run_spacing=8, wrap=True),
    ]
    return page_column(lines, step="done")
