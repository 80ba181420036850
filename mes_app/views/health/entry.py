"""One entry of the health profile: every field it has, and who says so."""

from collections.abc import Callable

import flet as ft

from mes_app.domain.links import OPENED
from mes_app.domain.record import Entry, Kind
from mes_app.i18n import t
from mes_app.services.measures import OpenedMeasure
from mes_app.services.session import Session
from mes_app.views.forms.actions import entry_actions
from mes_app.views.health.measure import measure_details, measure_repeats
from mes_app.views.health.reaching import reach_actions
from mes_app.views.state import use_profile, use_session, use_ui
from mes_app.views.widgets.authorship import use_authorship
from mes_app.views.widgets.boundaries import component
from mes_app.views.widgets.cards import card
from mes_app.views.widgets.details import Detail, capitalise, detail_list, list_details
from mes_app.views.widgets.links import links_card
from mes_app.views.widgets.loading import use_loaded
from mes_app.views.widgets.remarks import remarks_part
from mes_app.views.widgets.shell import page_column
from mes_app.views.widgets.texts import muted, page_title


@component
def entry_panel(kind: Kind, record_id: str) -> ft.Control:
    """The entry ``record_id`` of the section ``kind``."""
    session, shown, ui, tell = use_session(), use_profile(), use_ui(), use_authorship()
    read = use_loaded(lambda: _open(session, kind, record_id), [shown.pid, record_id], (kind,))
    entry = read.show(lambda found: _entry(*found, kind, tell, named=not ui.panes))
    linked, reported = ([links_card(record_id)], [remarks_part(record_id, kind)]) if kind in OPENED else ([], [])
    return page_column([entry, *([*linked, entry_actions(kind, record_id), *reported] if read.value else [])])


async def _open(session: Session, kind: Kind, record_id: str) -> tuple[Entry, OpenedMeasure | None]:
    """The entry; of a measure, also how it is shown."""
    if kind is not Kind.MEASURES:
        return await session.health.entry(record_id), None
    opened = await session.measures.open(record_id)
    return opened.entry, opened


def _entry(
    entry: Entry, measure: OpenedMeasure | None, kind: Kind, tell: Callable[[Entry], str], *, named: bool
) -> ft.Control:
    """``named``: the section is named above the entry, for nothing else on the screen does."""
    details = measure_details(measure) if measure else list_details(entry, kind)
    title, *others = details or [Detail("", t(f"sections.{kind}.title"))]
    listed = [card(detail_list(others))] if others else []
    above = [muted(t(f"sections.{kind}.title"))] if named else []
    heading = ft.Column([*above, page_title(capitalise(title.value))], spacing=0)
    return ft.Column(
        [heading, *listed, *measure_repeats(measure), *reach_actions(entry), muted(tell(entry))],
        spacing=16,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
