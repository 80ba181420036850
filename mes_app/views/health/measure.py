"""One measure opened: its value as it is shown and as it was written, what measured it, and the same received again."""

import flet as ft

from mes_app.domain.sections.measures import Measure
from mes_app.i18n import quantity, t
from mes_app.services.measures import OpenedMeasure
from mes_app.views import routes
from mes_app.views.health.words import tell_value
from mes_app.views.widgets.cards import section_card
from mes_app.views.widgets.details import Detail, keep_filled
from mes_app.views.widgets.rows import list_row
from mes_app.views.widgets.texts import muted
from mes_app.views.widgets.words import tell_moment


def measure_details(opened: OpenedMeasure) -> list[Detail]:
    """The fields of a measure, its numbers with their unit in one; as they were written where that is another unit."""
    entry, shown = opened.entry, opened.shown
    pairs = {
        "sections.measures.measure": entry.title,
        "sections.measures.value": _tell_numbers(shown),
        "measures.written": _tell_numbers(entry) if _tell_numbers(entry) != _tell_numbers(shown) else None,
        "sections.measures.text": entry.text,
        "sections.measures.date": tell_moment(entry.date),
        "sections.measures.moment": entry.moment,
        "sections.measures.reason": entry.reason,
        "sections.measures.days": entry.days,
        "sections.measures.device": entry.device,
        "sections.measures.note": entry.note,
    }
    return keep_filled((t(label), words) for label, words in pairs.items())


def measure_repeats(opened: OpenedMeasure | None) -> list[ft.Control]:
    """The way to the other records of the same measure; nothing where it came once."""
    if not (opened and opened.repeats):
        return []
    rows = [
        list_row(
            tell_value(row),
            tell_moment(row.date),
            on_click=routes.way_across(routes.record(row.profile, row.kind, row.id)),
        )
        for row in opened.repeats
    ]
    return [section_card(t("measures.repeated"), rows), muted(t("measures.repeated_note"))]


def _tell_numbers(measure: Measure) -> str | None:
    return None if measure.value is None else quantity(measure.value, measure.unit, measure.value2)
