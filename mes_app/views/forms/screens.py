"""Where a form stands: in a view of its own, with nothing beside it that the Tab key would go to between two fields."""

import flet as ft

from mes_app.domain.inputs import ADDABLE, WRITABLE
from mes_app.domain.presets import find_preset
from mes_app.domain.record import Kind
from mes_app.i18n import t
from mes_app.views import routes
from mes_app.views.forms.form import entry_form
from mes_app.views.forms.opening import Task
from mes_app.views.widgets.cards import empty_state
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.shell import detail_view


def form_view(pid: str, kind: Kind, about: str) -> ft.View:
    """The form, or a sentence for what a person does not write. Uses hooks, as ``detail_view``.

    ``about``: a record, what a new one is about, ``routes.NEW``.
    """
    return detail_view(t(f"sections.{kind}.title"), _form(pid, kind, about))


def _form(pid: str, kind: Kind, about: str) -> ft.Control:
    if kind not in (ADDABLE if about == routes.NEW else WRITABLE):
        return empty_state(KIND_ICONS[kind], t("forms.read_only.not_writable"))
    if about == routes.NEW:
        return entry_form(Task(pid, kind), routes.section_of(pid, kind))
    if find_preset(kind, about):
        done = routes.section_of(pid, kind) if kind is Kind.TEETH else routes.record(pid, kind, about)
        return entry_form(Task(pid, kind, about=about), done)
    done = routes.person(pid) if kind is Kind.PEOPLE else routes.record(pid, kind, about)
    return entry_form(Task(pid, kind, about), done)
