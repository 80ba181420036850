"""A change that the service does not have, in one row."""

import flet as ft

from mes_app.i18n import t
from mes_app.services.unsent import UnsentChange
from mes_app.views.state import SessionStore
from mes_app.views.widgets.icons import KIND_ICONS
from mes_app.views.widgets.rows import list_row


def unsent_row(change: UnsentChange, store: SessionStore) -> ft.Control:
    """What it is called, whose it is, and what was done to it."""
    return list_row(change.title, tell_change(change, store), icon=KIND_ICONS.get(change.kind))


def tell_change(change: UnsentChange, store: SessionStore) -> str:
    """« Léo Martin · Allergies · ajouté »."""
    whose = store.find(change.profile)
    told = [t(f"sections.{change.kind}.title"), t(f"syncing.operation.{change.operation.name.lower()}")]
    return " · ".join([*([whose.name] if whose else []), *told])
