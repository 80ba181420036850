"""Nothing that goes wrong while drawing or handling may freeze the app, or show the text of an exception.

Flet 1.0.5 stops redrawing for ever after an exception in a render, and shows its text on a red page after one in a
handler: either could hold health data. Every component is declared with ``component`` or ``screen`` from here.
"""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import flet as ft

from mes_app.i18n import t

P = ParamSpec("P")
C = TypeVar("C", bound=ft.BaseControl)

_log = logging.getLogger(__name__)


def component(render: Callable[P, ft.Control]) -> Callable[P, ft.Control]:
    """A Flet component that shows a sentence in its place when ``render`` fails."""
    return _guard(render, lambda: ft.Text(t("app.draw_failed"), color=ft.Colors.ON_SURFACE_VARIANT))


def screen(render: Callable[P, ft.View]) -> Callable[P, ft.View]:
    """A Flet component that is a whole view; a plain view with a way home when ``render`` fails."""
    return _guard(render, _failed_view)


def install_error_handler(page: ft.Page) -> None:
    """Say in a sentence that a handler failed, instead of Flet's page with the exception on it."""

    def report(_message: str) -> None:
        _log.error("an event handler failed")
        page.show_dialog(ft.SnackBar(ft.Text(t("app.action_failed"))))

    page.session.error = report  # type: ignore[method-assign, assignment]


def forgive_late_answers(page: ft.Page) -> None:
    """Let the client answer a question about a control that has gone: in Flet 1.0.5 such an answer ends the hearing."""
    take = page.session.handle_invoke_method_results

    def forgive(control_id: int, call_id: str, result: object, error: str | None) -> None:
        known = control_id if control_id in page.session.index else page._i  # noqa: SLF001 - any that is still there
        take(known, call_id, result, error)

    page.session.handle_invoke_method_results = forgive  # type: ignore[method-assign]
    logging.getLogger("flet").addFilter(_without_traceback)


def log_failure(where: str, error: BaseException) -> None:
    """Note that ``where`` failed, by the class of the error only: its text may hold health data."""
    _log.error("%s failed: %s", where, type(error).__name__)


def _guard(render: Callable[P, C], fallback: Callable[[], ft.BaseControl]) -> Callable[P, C]:
    @functools.wraps(render)
    def body(*args: P.args, **kwargs: P.kwargs) -> C:
        try:
            return render(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the last boundary before Flet's own loop
            log_failure(render.__name__, error)
            return cast(C, fallback())

    return ft.component(body)


def _failed_view() -> ft.View:
    return ft.View(
        route="/",
        padding=24,
        controls=[
            ft.Text(t("app.draw_failed")),
            ft.TextButton(t("app.back_home"), on_click=lambda: ft.context.page.navigate("/")),
        ],
    )


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = record.exc_text = record.stack_info = None
    return True
